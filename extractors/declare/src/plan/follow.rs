use super::set::Set;
use super::{NO_GROUP, NOWHERE, Place, Plan, Step};

/// Room for what a match remembers, which serves one text after the other.
#[derive(Debug, Default)]
pub(crate) struct Room {
    choices: Vec<Choice>,
    /// Places that were set since the first choice, with what they were.
    trail: Vec<(usize, Place)>,
}

/// Where a match may go on when what it tried has failed.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// With this step.
    Step { step: usize, at: usize, trail: usize },
    /// With the step after this run, which took the text up to `at` and may take less, down to `floor`.
    Shorter { run: usize, at: usize, floor: usize, trail: usize },
    /// With the step after this run, which took `count` characters, up to `at`, and may take more.
    Longer { run: usize, at: usize, count: usize, trail: usize },
}

impl Plan {
    /// Whether `text` matches. Then `places` has the place of each group for which there is room in it. `None` when it would take
    /// too long to say.
    pub(crate) fn matches(&self, text: &str, places: &mut [Place], room: &mut Room) -> Option<bool> {
        if self.needs.as_ref().is_some_and(|word| word.find(text.as_bytes()).is_none()) {
            return Some(false);
        }
        places.fill(NOWHERE);
        room.choices.clear();
        room.trail.clear();
        // A text whose length is squared here has an engine that does not.
        let left = 32 * text.len() + 1024;
        Walk { steps: &self.steps, text, places, room, left }.walk()
    }
}

struct Walk<'w> {
    steps: &'w [Step],
    text: &'w str,
    places: &'w mut [Place],
    room: &'w mut Room,
    /// How much work may still be done.
    left: usize,
}

impl Walk<'_> {
    fn walk(mut self) -> Option<bool> {
        let (mut step, mut at) = (0, 0);
        loop {
            self.left = self.left.checked_sub(1)?;
            let next = match &self.steps[step] {
                Step::Run { .. } => self.run(step, at)?,
                Step::Start => (at == 0).then_some(at),
                Step::End => (at == self.text.len()).then_some(at),
                Step::Word(word) => word.begins(&self.text.as_bytes()[at..]).then_some(at + word.bytes().len()),
                Step::Either(other) => {
                    self.room.choices.push(Choice::Step { step: *other, at, trail: self.room.trail.len() });
                    Some(at)
                }
                Step::Jump(to) => {
                    step = *to;
                    continue;
                }
                Step::Open(group) => Some(self.set(*group, at, |place| place.0 = at)),
                Step::Close(group) => Some(self.set(*group, at, |place| place.1 = at)),
                Step::Match => {
                    if let Some(all) = self.places.first_mut() {
                        *all = (0, at);
                    }
                    return Some(true);
                }
            };
            (step, at) = match next {
                Some(at) => (step + 1, at),
                None => match self.back()? {
                    Some(choice) => choice,
                    None => return Some(false),
                },
            };
        }
    }

    /// Where the run `step` ends, if it may stand here; `None` when that would take too long to say.
    #[inline(always)]
    #[expect(clippy::option_option, reason = "whether it is known, and what is known")]
    fn run(&mut self, step: usize, at: usize) -> Option<Option<usize>> {
        let Step::Run { before, group, set, min, max, lazy, next } = &self.steps[step] else { return Some(None) };
        if !before.begins(&self.text.as_bytes()[at..]) {
            return Some(None);
        }
        let at = at + before.bytes().len();
        let most = if *lazy { *min } else { *max };
        let Taken { count, floor, end } = take(set, self.text, at, *min, most);
        self.left = self.left.checked_sub(count)?;
        if *group != NO_GROUP {
            self.set(*group, end, |place| *place = (at, end));
        }
        if next.is_some() && count >= *min && (*lazy || count > *min) {
            let (run, trail) = (step, self.room.trail.len());
            self.room.choices.push(match lazy {
                true => Choice::Longer { run, at: end, count, trail },
                false => Choice::Shorter { run, at: end, floor, trail },
            });
        }
        Some((count >= *min).then_some(end))
    }

    #[inline]
    fn set(&mut self, group: usize, at: usize, to: impl FnOnce(&mut Place)) -> usize {
        if let Some(place) = self.places.get_mut(group) {
            if !self.room.choices.is_empty() {
                self.room.trail.push((group, *place));
            }
            to(place);
        }
        at
    }

    /// The step and the place of the last choice that is left, if one is; `None` when that would take too long to say.
    #[expect(clippy::option_option, reason = "whether it is known, and what is known")]
    fn back(&mut self) -> Option<Option<(usize, usize)>> {
        while let Some(choice) = self.room.choices.pop() {
            self.left = self.left.checked_sub(1)?;
            match choice {
                Choice::Step { step, at, trail } => {
                    self.undo(trail);
                    return Some(Some((step, at)));
                }
                Choice::Shorter { run, at, floor, trail } => {
                    self.undo(trail);
                    let Step::Run { next: Some(next), .. } = &self.steps[run] else { continue };
                    let shorter = next.last(&self.text.as_bytes()[floor..], at - floor);
                    self.left = self.left.checked_sub(at - floor - shorter.unwrap_or(0))?;
                    let Some(shorter) = shorter else { continue };
                    self.room.choices.push(Choice::Shorter { run, at: floor + shorter, floor, trail });
                    self.end(run, floor + shorter);
                    return Some(Some((run + 1, floor + shorter)));
                }
                Choice::Longer { run, mut at, mut count, trail } => {
                    self.undo(trail);
                    let Step::Run { set, max, next: Some(next), .. } = &self.steps[run] else { continue };
                    let mut fits = false;
                    while !fits
                        && count < *max
                        && let Some(len) = set.takes(&self.text[at..])
                    {
                        (at, count) = (at + len, count + 1);
                        self.left = self.left.checked_sub(1)?;
                        // At the end of the text only the end can follow.
                        fits = self.text.as_bytes().get(at).is_none_or(|byte| next.may_be(*byte));
                    }
                    if fits {
                        self.room.choices.push(Choice::Longer { run, at, count, trail });
                        self.end(run, at);
                        return Some(Some((run + 1, at)));
                    }
                }
            }
        }
        Some(None)
    }

    /// A run that took less or more than it did first ends here.
    fn end(&mut self, run: usize, at: usize) {
        if let Step::Run { group, .. } = self.steps[run]
            && group != NO_GROUP
        {
            self.set(group, at, |place| place.1 = at);
        }
    }

    fn undo(&mut self, trail: usize) {
        while self.room.trail.len() > trail
            && let Some((group, place)) = self.room.trail.pop()
        {
            self.places[group] = place;
        }
    }
}

/// What a run took.
struct Taken {
    count: usize,
    /// Where it would end with the least that it may take.
    floor: usize,
    end: usize,
}

#[inline]
fn take(set: &Set, text: &str, start: usize, min: usize, max: usize) -> Taken {
    let bytes = &text.as_bytes()[start..];
    let count = set.count_ascii(&bytes[..bytes.len().min(max)]);
    if count < max && bytes.get(count).is_some_and(|byte| !byte.is_ascii()) && set.is_wide() {
        return take_wide(set, text, start, min, max);
    }
    Taken { count, floor: start + min.min(count), end: start + count }
}

/// The same where characters are more than a byte.
#[cold]
fn take_wide(set: &Set, text: &str, start: usize, min: usize, max: usize) -> Taken {
    let (mut count, mut floor, mut end) = (0, start, start);
    while count < max
        && let Some(len) = set.takes(&text[end..])
    {
        end += len;
        count += 1;
        if count == min {
            floor = end;
        }
    }
    Taken { count, floor, end }
}
