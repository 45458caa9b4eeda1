use prill_core::scan::number;

use super::counter::Counter;
use super::derived::Derived;
use super::place;
use crate::writer::Writer;

/// What may separate the fields where no command line says it.
const SEPARATORS: [&str; 6] = [",", ";", "\t", "|", ":", " "];

/// The separator that `-x` names.
pub(crate) fn separator(argv: &[String]) -> Option<String> {
    let mut words = argv.iter().map(String::as_str).take_while(|word| *word != "--");
    let value = loop {
        let word = words.next()?;
        if word == "-x" || word == "--field-separator" {
            break words.next()?;
        }
        if let Some(value) = word.strip_prefix("--field-separator=").or_else(|| word.strip_prefix("-x")) {
            break value;
        }
    };
    Some(if value == "\\t" { "\t".to_owned() } else { value.to_owned() }).filter(|s| !s.is_empty())
}

/// A row with any of the separators, and which one it is.
pub(crate) fn any_row(line: &str) -> Option<(Row<'_>, &'static str)> {
    SEPARATORS.into_iter().find_map(|separator| row(line, separator).map(|row| (row, separator)))
}

/// A row of `-x`, and the fields of it that are no metric.
pub(crate) struct Row<'t> {
    pub(crate) counter: Counter<'t>,
    ignored: [(&'t str, &'static str); 5],
}

/// Where in [`Row::ignored`] each stands.
const TIME: usize = 0;
const PLACE: usize = 1;
const PROCESSORS: usize = 2;
const CGROUP: usize = 3;
const RUNNING: usize = 4;

impl<'t> Row<'t> {
    /// The counter, the other fields being no metrics.
    pub(crate) fn counter(self, out: &mut Writer<'_>) -> Counter<'t> {
        self.ignored.iter().filter(|(field, _)| !field.is_empty()).for_each(|(field, why)| out.ignore(field, why));
        self.counter
    }
}

/// `[time,][CPU0,|S0-D0-C0,1,|comm-pid,]count,unit,event[,cgroup][,noise%],run time,per cent running,derived,what`; a row that
/// only has one more derived number leaves out what is before.
pub(crate) fn row<'t>(line: &'t str, separator: &str) -> Option<Row<'t>> {
    // Blanks may stand before the time, whatever the separator is.
    let line = line.trim_ascii_start();
    let fields = split(line, separator)?;
    let mut row = Row { counter: Counter::default(), ignored: [("", ""); 5] };
    let mut at = row.prefix(&fields);
    at += row.place(fields.get(at..)?);
    let rest = fields.get(at..)?;
    let (&count, rest) = rest.split_first()?;
    let (&unit, rest) = rest.split_first()?;
    if count.is_empty() {
        return row.without_count(line, unit, rest);
    }
    let is_number = number::leading_grouped(count).is_some_and(|(_, rest)| rest.is_empty());
    let is_count = is_number || count.starts_with("<not ") || has_comma(count);
    if !is_count || unit.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Many a sentence has numbers and blanks.
    if separator == " " && !["", "msec", "ns", "Joules", "MiB"].contains(&unit) {
        return None;
    }
    row.counter.count = count;
    row.counter.unit = unit;
    let taken = event(line, rest)?;
    row.counter.event = taken.0;
    row.rest(line, &rest[taken.1..]).then_some(row)
}

/// The fields of a line; `None` when there are too few for a row. The command may print a lot: most of its lines end here.
fn split<'t>(line: &'t str, separator: &str) -> Option<Vec<&'t str>> {
    let fields: Vec<&str> = match separator.as_bytes() {
        &[byte] => {
            let ends = || line.bytes().enumerate().filter(move |(_, b)| *b == byte).map(|(at, _)| at);
            ends().nth(3)?;
            let mut start = 0;
            let mut fields = Vec::with_capacity(12);
            for end in ends().chain([line.len()]) {
                fields.push(line[start..end].trim_ascii());
                start = end + 1;
            }
            fields
        }
        _ => line.split(separator).map(str::trim_ascii).collect(),
    };
    (fields.len() > 4).then_some(fields)
}

impl<'t> Row<'t> {
    /// `,,,,,14.3,%  tma_retiring`, one more derived number, or `,1234567,100.00,,,,TopdownL1`, the name of the group that such
    /// numbers belong to.
    fn without_count(mut self, line: &'t str, unit: &'t str, rest: &[&'t str]) -> Option<Self> {
        if unit.is_empty() {
            let empty = rest.iter().take_while(|field| field.is_empty()).count();
            self.counter.derived = derived(line, rest.get(empty..)?);
            return (empty > 0 && self.counter.derived.is_some()).then_some(self);
        }
        let (name, before) = rest.split_last()?;
        let has_share = before.iter().any(|field| number::is_token(field) && field.contains('.'));
        let is_number = |field: &&str| field.is_empty() || number::is_token(field.trim_end_matches('%'));
        let is_group = before.last()?.is_empty() && before.iter().all(is_number) && is_number(&unit);
        if !has_share || !is_group || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        self.counter.event = name;
        let end = start(line, name);
        self.ignored[RUNNING] = (&line[start(line, unit)..end], "time in which the events were counted, and its share");
        Some(self)
    }

    fn prefix(&mut self, fields: &[&'t str]) -> usize {
        match fields.first() {
            Some(&"summary") => 1,
            Some(time) if place::is_time(time) => {
                self.ignored[TIME] = (time, "time of the interval");
                self.counter.whose.interval = Some(time);
                1
            }
            _ => 0,
        }
    }

    fn place(&mut self, fields: &[&'t str]) -> usize {
        let Some(&first) = fields.first() else { return 0 };
        if let Some(label) = place::label(first) {
            self.ignored[PLACE] = (first, "identity of the row");
            self.counter.whose.place = Some(label);
            // How many processors were added up; a core that -A shows has none.
            let is_count = |field: &&str| field.starts_with(|c: char| c.is_ascii_digit() || c == '<');
            let is_bare = fields.get(2..5).is_some_and(|fields| fields.iter().all(|field| field.is_empty()));
            let counted = label.0 != "cpu" && (fields.get(2).is_some_and(is_count) || is_bare);
            if counted {
                self.ignored[PROCESSORS] = (fields[1], "number of processors");
            }
            return 1 + usize::from(counted);
        }
        if place::is_thread(first) {
            self.ignored[PLACE] = (first, "identity of the row");
            self.counter.whose.place = Some(("thread", first));
            return 1;
        }
        0
    }

    /// What follows the event.
    fn rest(&mut self, line: &'t str, fields: &[&'t str]) -> bool {
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let is_percent = |s: &str| number::is_token(s) && s.contains('.') || has_comma(s);
        let Some(at) =
            (0..=2).find(|&at| fields.get(at).is_some_and(|f| digits(f)) && fields.get(at + 1).is_some_and(|f| is_percent(f)))
        else {
            return false;
        };
        for field in &fields[..at] {
            match field.strip_suffix('%') {
                Some(noise) => self.counter.noise = Some(noise),
                None if !field.is_empty() => {
                    self.ignored[CGROUP] = (field, "name of the cgroup");
                    self.counter.whose.cgroup = Some(field);
                }
                None => {}
            }
        }
        // A reader that knows thousands commas sees one number in the two fields.
        let running = &line[start(line, fields[at])..start(line, fields[at + 1]) + fields[at + 1].len()];
        self.ignored[RUNNING] = (running, "time in which the event was counted, and its share");
        self.counter.running = Some(fields[at + 1]);
        self.counter.derived = fields.get(at + 2..).and_then(|fields| derived(line, fields));
        true
    }
}

/// `16167,76`: a number of a locale with decimal commas.
fn has_comma(field: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    field.split_once(',').is_some_and(|(whole, decimals)| digits(whole) && digits(decimals))
}

/// A number, and behind it what it is, to the end of the line.
fn derived<'t>(line: &'t str, fields: &[&'t str]) -> Option<Derived<'t>> {
    let (value, what) = (fields.first()?, fields.get(1)?);
    let what = line[start(line, what)..].trim_ascii();
    (number::is_token(value) && !what.is_empty()).then_some(Derived::new(value, what))
}

/// The event, which may hold the separator between two slashes, and how many fields it takes.
fn event<'t>(line: &'t str, fields: &[&'t str]) -> Option<(&'t str, usize)> {
    let first = *fields.first()?;
    if !first.starts_with(|c: char| c.is_ascii_alphabetic() || c == '{') {
        return None;
    }
    let mut slashes = 0;
    for (index, field) in fields.iter().enumerate() {
        slashes += field.bytes().filter(|b| *b == b'/').count();
        if slashes % 2 == 0 {
            return Some((&line[start(line, first)..start(line, field) + field.len()], index + 1));
        }
    }
    None
}

/// Where `field`, a slice of `line`, starts in it.
fn start(line: &str, field: &str) -> usize {
    field.as_ptr().addr() - line.as_ptr().addr()
}
