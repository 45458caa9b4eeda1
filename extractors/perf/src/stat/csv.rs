use prill_core::MetricSink;
use prill_core::scan::number;

use super::counter::Counter;
use super::derived::Derived;
use super::place;

/// What may separate the fields where no command line says it.
const SEPARATORS: [&str; 5] = [",", ";", "\t", "|", ":"];

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
    ignored: Vec<(&'t str, &'static str)>,
}

impl<'t> Row<'t> {
    /// The counter, the other fields being no metrics.
    pub(crate) fn counter(self, out: &mut MetricSink) -> Counter<'t> {
        self.ignored.iter().for_each(|(field, why)| out.ignore(field, why));
        self.counter
    }
}

/// `[time,][CPU0,|S0-D0-C0,1,|comm-pid,]count,unit,event[,cgroup][,noise%],run time,per cent running,derived,what`; a row that
/// only has one more derived number leaves out what is before.
pub(crate) fn row<'t>(line: &'t str, separator: &str) -> Option<Row<'t>> {
    // The command may print a lot: most of its lines end here.
    line.matches(separator).nth(3)?;
    let fields: Vec<&'t str> = line.split(separator).map(str::trim).collect();
    let mut row = Row { counter: Counter::default(), ignored: Vec::new() };
    let mut at = row.prefix(&fields);
    at += row.place(fields.get(at..)?);
    let rest = fields.get(at..)?;
    let (&count, rest) = rest.split_first()?;
    let (&unit, rest) = rest.split_first()?;
    if count.is_empty() {
        let empty = rest.iter().take_while(|field| field.is_empty()).count();
        row.counter.derived = derived(rest.get(empty..)?);
        return (unit.is_empty() && empty > 0 && row.counter.derived.is_some()).then_some(row);
    }
    let is_count = number::leading_grouped(count).is_some_and(|(_, rest)| rest.is_empty()) || count.starts_with("<not ");
    if !is_count || unit.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    row.counter.count = count;
    row.counter.unit = unit;
    let taken = event(line, rest)?;
    row.counter.event = taken.0;
    row.rest(line, &rest[taken.1..]).then_some(row)
}

impl<'t> Row<'t> {
    fn prefix(&mut self, fields: &[&'t str]) -> usize {
        match fields.first() {
            Some(&"summary") => 1,
            Some(time) if place::is_time(time) => {
                self.ignored.push((time, "time of the interval"));
                self.counter.labels.push(("interval", time));
                1
            }
            _ => 0,
        }
    }

    fn place(&mut self, fields: &[&'t str]) -> usize {
        let Some(&first) = fields.first() else { return 0 };
        if let Some(label) = place::label(first) {
            self.ignored.push((first, "identity of the row"));
            self.counter.labels.push(label);
            // How many processors were added up; a core that -A shows has none.
            let counted =
                label.0 != "cpu" && fields.get(2).is_some_and(|f| f.starts_with(|c: char| c.is_ascii_digit() || c == '<'));
            if counted {
                self.ignored.push((fields[1], "number of processors"));
            }
            return 1 + usize::from(counted);
        }
        if place::is_thread(first) {
            self.ignored.push((first, "identity of the row"));
            self.counter.labels.push(("thread", first));
            return 1;
        }
        0
    }

    /// What follows the event.
    fn rest(&mut self, line: &'t str, fields: &[&'t str]) -> bool {
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let is_percent = |s: &str| number::is_token(s) && s.contains('.');
        let Some(at) =
            (0..=2).find(|&at| fields.get(at).is_some_and(|f| digits(f)) && fields.get(at + 1).is_some_and(|f| is_percent(f)))
        else {
            return false;
        };
        for field in &fields[..at] {
            match field.strip_suffix('%') {
                Some(noise) => self.counter.noise = Some(noise),
                None if !field.is_empty() => {
                    self.ignored.push((field, "name of the cgroup"));
                    self.counter.labels.push(("cgroup", field));
                }
                None => {}
            }
        }
        // A reader that knows thousands commas sees one number in the two fields.
        let running = &line[start(line, fields[at])..start(line, fields[at + 1]) + fields[at + 1].len()];
        self.ignored.push((running, "time in which the event was counted, and its share"));
        self.counter.running = Some(fields[at + 1]);
        self.counter.derived = fields.get(at + 2..).and_then(derived);
        true
    }
}

/// A number, and the field behind it that says what it is.
fn derived<'t>(fields: &[&'t str]) -> Option<Derived<'t>> {
    let (value, what) = (fields.first()?, fields.get(1)?);
    (number::is_token(value) && !what.is_empty()).then_some(Derived { value, what })
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
