//! A kind of line: what stays in it, and what its numbers are.

use super::line::Line;
use super::token::Kind;
use super::unit::Unit;

/// Lines that are read by one pattern.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Where its first line stands.
    pub(super) at: usize,
    /// The first of them.
    pub(super) example: String,
    pub(super) parts: Vec<Part>,
    /// Labels of all its metrics: the key, and a template.
    pub(super) labels: Vec<(String, String)>,
    /// It comes again with the same labels.
    pub(super) repeated: bool,
    /// The line above it that says what it is about.
    pub(super) heading: Option<usize>,
    /// Whether it says too little without that line.
    pub(super) leans: bool,
    /// The number of the section that it is read in, where rows of one shape mean different things.
    pub(super) section: Option<usize>,
    /// What is left out, and why.
    pub(super) open: Vec<String>,
    /// Where all its lines stand.
    pub(super) lines: Vec<usize>,
    /// What tells its lines apart: the captured labels and percentiles of each.
    pub(super) seen: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Text(String),
    Gap(Gap),
    Number(Number),
    /// A text that tells rows apart, under this name; of several words or of one.
    Label {
        capture: String,
        several: bool,
    },
    /// All of a heading that tells it from others, under this name.
    Rest {
        capture: String,
    },
    /// The unit of the number with this capture.
    Unit {
        capture: String,
    },
    /// Text that differs from run to run.
    Loose,
}

/// White space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    One,
    /// At an end of the line, where there may be none.
    Edge,
    Wide,
    /// With tabs.
    Any,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) capture: String,
    pub(super) role: Role,
    pub(super) form: Form,
    /// As it is printed, line by line.
    pub(super) tokens: Vec<String>,
}

/// Which signs a number is printed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) signed: bool,
    pub(super) exponent: bool,
    pub(super) grouped: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    Metric(Metric),
    /// No metric, and why.
    Ignored(String),
    /// The percentile that the name of the metric beside it takes.
    Percentile,
    /// Nobody said what it is.
    Open(String),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Metric {
    pub(super) name: String,
    pub(super) unit: Unit,
    /// The unit is read beside the number, because it changes.
    pub(super) scaled: bool,
    /// Its words: lower, higher, unknown.
    pub(super) polarity: &'static str,
    pub(super) labels: Vec<(String, String)>,
}

/// A part of a line that is a label.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) key: String,
}

impl Row {
    /// A row without parts, whose first line is the one at `at`.
    pub(super) fn empty(at: usize, example: &str) -> Self {
        Self {
            at,
            example: example.to_owned(),
            parts: vec![],
            labels: vec![],
            repeated: false,
            heading: None,
            leans: false,
            section: None,
            open: vec![],
            lines: vec![at],
            seen: vec![],
        }
    }

    /// The pattern of `line`, whose numbers are what `roles` says.
    pub(super) fn new(line: &Line<'_>, roles: Vec<Role>, label: Option<&Label>) -> Self {
        let mut row = Self::empty(line.at, line.text);
        if let Some(label) = label {
            row.labels.push((label.key.clone(), format!("{{{}}}", label.key)));
        }
        let mut seen = label.map_or(String::new(), |label| line.text[label.start..label.end].to_owned());
        let mut roles = roles.into_iter();
        let mut index = 0;
        let mut done = 0;
        for token in &line.tokens {
            if token.start < done {
                index += usize::from(token.kind == Kind::Number && roles.next().is_some());
                continue;
            }
            if let Some(label) = label.filter(|label| label.start == token.start) {
                let several = line.text[label.start..label.end].contains(' ');
                row.parts.push(Part::Label { capture: label.key.clone(), several });
                done = label.end;
                index += usize::from(token.kind == Kind::Number && roles.next().is_some());
                continue;
            }
            let text = token.text(line.text);
            match token.kind {
                Kind::Space => row.gap(text, token.start == 0, token.end == line.text.len()),
                Kind::Loose => row.parts.push(Part::Loose),
                Kind::Number => {
                    let role = roles.next().unwrap_or(Role::Open(String::new()));
                    let number = &line.numbers[index];
                    index += 1;
                    if role == Role::Percentile {
                        seen.push_str(text);
                    }
                    if let Role::Open(why) = &role
                        && !why.is_empty()
                    {
                        row.open.push(why.clone());
                    }
                    if matches!(number.after.unit, Unit::Scaled(_)) && number.after.word.0 == 0 && matches!(role, Role::Open(_)) {
                        row.parts.push(Part::Loose);
                        done = number.last();
                        continue;
                    }
                    done = row.number(line, number, role);
                }
                Kind::Word | Kind::Mark => row.text(text),
            }
        }
        row.seen.push(seen);
        row
    }

    /// The pattern of `line`, of which no number is kept.
    pub(super) fn open(line: &Line<'_>) -> Self {
        Self::new(line, vec![Role::Open(String::new()); line.numbers.len()], None)
    }

    /// A heading, of which the part between `prefix` and `suffix` is captured.
    pub(super) fn around(line: &Line<'_>, prefix: &str, suffix: &str, key: &str) -> Self {
        let text = |text: &str| (!text.is_empty()).then(|| Part::Text(text.to_owned()));
        let label = Part::Rest { capture: key.to_owned() };
        let parts = text(prefix).into_iter().chain([label]).chain(text(suffix)).collect();
        Self { parts, ..Self::open(line) }
    }

    /// Adds a number, and its unit where that is read; gives where the next token starts.
    fn number(&mut self, line: &Line<'_>, number: &super::line::Number, role: Role) -> usize {
        let capture = self.free(&role);
        let scaled = matches!(&role, Role::Metric(metric) if metric.scaled);
        let form = Form::of(line.token(number));
        self.widen();
        let tokens = vec![line.token(number).to_owned()];
        self.parts.push(Part::Number(Number { capture, role, form, tokens }));
        if !scaled {
            return number.end;
        }
        let (from, to) = number.unit_word();
        let between = &line.text[number.end..from];
        if between.trim().is_empty() && !between.is_empty() {
            self.gap(between, false, false);
        } else if !between.is_empty() {
            self.text(between);
        }
        let unit = self.fresh("unit");
        self.parts.push(Part::Unit { capture: unit });
        to
    }

    fn text(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some(Part::Text(before)) => before.push_str(text),
            _ => self.parts.push(Part::Text(text.to_owned())),
        }
    }

    fn gap(&mut self, text: &str, first: bool, last: bool) {
        let gap = match text {
            _ if text.contains(|c: char| c != ' ') => Gap::Any,
            _ if first || last => Gap::Edge,
            " " => Gap::One,
            _ => Gap::Wide,
        };
        self.parts.push(Part::Gap(gap));
    }

    /// A number is printed to a width: the gap before it grows when it is short.
    fn widen(&mut self) {
        if let Some(Part::Gap(gap @ Gap::One)) = self.parts.last_mut() {
            *gap = Gap::Wide;
        }
    }

    /// A name for the capture of a number.
    fn free(&self, role: &Role) -> String {
        let wanted = match role {
            Role::Metric(metric) => {
                let plain: Vec<&str> = metric.name.split('.').filter(|segment| !segment.contains('{')).collect();
                plain.last().copied().unwrap_or("value").to_owned()
            }
            Role::Ignored(why) => super::name::slug(why),
            Role::Percentile => "percentile".to_owned(),
            Role::Open(_) => "number".to_owned(),
        };
        self.fresh(&wanted)
    }

    fn fresh(&self, wanted: &str) -> String {
        let taken = |name: &str| {
            self.parts.iter().any(|part| match part {
                Part::Number(number) => number.capture == name,
                Part::Label { capture, .. } | Part::Unit { capture } => capture == name,
                _ => false,
            })
        };
        let numbered = (2..).map(|n| format!("{wanted}{n}"));
        std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// Takes in another line of the same shape.
    pub(super) fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.parts.iter_mut().zip(other.parts) {
            match (mine, theirs) {
                (Part::Gap(mine), Part::Gap(theirs)) => *mine = theirs.max(*mine),
                (Part::Number(mine), Part::Number(theirs)) => {
                    mine.form = mine.form.or(theirs.form);
                    mine.tokens.extend(theirs.tokens);
                }
                (Part::Label { several: mine, .. }, Part::Label { several: theirs, .. }) => *mine |= theirs,
                _ => {}
            }
        }
        self.lines.extend(other.lines);
        for seen in other.seen {
            self.repeated |= self.seen.contains(&seen);
            self.seen.push(seen);
        }
    }

    /// Of a line that comes often, a number that never changes is a setting, and one that goes up by one counts the lines.
    pub(super) fn settle(&mut self) {
        let varies = |number: &&Number| number.tokens.windows(2).any(|pair| pair[0] != pair[1]);
        let plain = self.labels.is_empty() && self.numbers().all(|number| number.role != Role::Percentile);
        if !plain || self.numbers().filter(|n| matches!(n.role, Role::Metric(_))).filter(varies).count() == 0 {
            return;
        }
        let mut settled = false;
        for part in &mut self.parts {
            if let Part::Unit { .. } = part
                && std::mem::take(&mut settled)
            {
                *part = Part::Loose;
            }
            let Part::Number(number) = part else { continue };
            let values: Vec<f64> = number.tokens.iter().filter_map(|token| token.parse().ok()).collect();
            if values.len() < 3 || !matches!(number.role, Role::Metric(_)) {
                continue;
            }
            let steps = |step: f64| values.windows(2).all(|pair| pair[1] - pair[0] == step);
            let nameless = matches!(&number.role, Role::Metric(metric) if !metric.name.contains('.'));
            let why = match () {
                () if steps(0.0) && values[0] != 0.0 && nameless => "the same in every line",
                () if steps(1.0) => "number of the line",
                () => continue,
            };
            // The unit of a number that is no metric is read for nothing.
            settled = matches!(&number.role, Role::Metric(metric) if metric.scaled);
            number.role = Role::Ignored(why.to_owned());
        }
    }

    /// Which lines it reads: rows of one shape are one row.
    pub(super) fn shape(&self) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Gap(Gap::Edge) => String::new(),
            Part::Gap(_) => " ".to_owned(),
            Part::Number(_) => "{}".to_owned(),
            Part::Label { .. } | Part::Rest { .. } | Part::Unit { .. } | Part::Loose => "{*}".to_owned(),
        };
        self.parts.iter().map(part).collect()
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.parts.iter().filter_map(|part| if let Part::Number(number) = part { Some(number) } else { None })
    }

    pub(super) fn metrics_mut(&mut self) -> impl Iterator<Item = &mut Metric> {
        self.parts.iter_mut().filter_map(|part| match part {
            Part::Number(Number { role: Role::Metric(metric), .. }) => Some(metric),
            _ => None,
        })
    }

    pub(super) fn metrics(&self) -> impl Iterator<Item = &Metric> {
        self.numbers().filter_map(|number| if let Role::Metric(metric) = &number.role { Some(metric) } else { None })
    }

    /// It says the same of the same lines.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let metrics = |row: &Self| row.metrics().map(|m| (m.name.clone(), m.unit.clone())).collect::<Vec<_>>();
        self.shape() == other.shape() && metrics(self) == metrics(other)
    }

    /// The same lines, of which nothing is kept.
    pub(super) fn bare(&self) -> Self {
        let part = |part: &Part| match part {
            Part::Number(number) => Part::Number(Number { role: Role::Open(String::new()), ..number.clone() }),
            Part::Label { several: false, .. } | Part::Unit { .. } => Part::Loose,
            other => other.clone(),
        };
        Self { parts: self.parts.iter().map(part).collect(), ..self.clone() }
    }

    /// The capture with the unit of the number called `capture`: the one that follows it.
    pub(super) fn unit_of(&self, capture: &str) -> Option<&str> {
        let mut after =
            self.parts.iter().skip_while(|part| !matches!(part, Part::Number(number) if number.capture == capture)).skip(1);
        after.find_map(|part| if let Part::Unit { capture } = part { Some(capture.as_str()) } else { None })
    }
}

impl Form {
    pub(super) fn of(token: &str) -> Self {
        Self { signed: token.starts_with(['-', '+']), exponent: token.contains(['e', 'E']), grouped: token.contains(',') }
    }

    fn or(self, other: Self) -> Self {
        Self {
            signed: self.signed || other.signed,
            exponent: self.exponent || other.exponent,
            grouped: self.grouped || other.grouped,
        }
    }
}
