//! All lines of an output, one after the other.

use std::cell::Cell;
use std::collections::BTreeSet;

use prill_core::{Stream, Text};

use super::line::{Key, Line, unit_in};
use super::name;
use super::row::{Label, Role, Row};
use super::survey::{mark, prefix, scale, scales};
use super::table::Table;
use super::token::{Kind, Token};
use super::unit::{Sort, Unit};
use super::{Passed, Proposal, apart, csv, kind};

/// A longer line is data, and not a text with numbers.
const LONGEST: usize = 400;
/// A format has at most 128 patterns, and nobody checks that many.
const MOST_ROWS: usize = 60;
const MOST_PASSED: usize = 30;

/// Proposes a format called `name` from `text`, which came from `stream`.
pub(crate) fn propose(name: &str, stream: Stream, text: &Text<'_>) -> Proposal {
    // A line without its end may be cut in the middle of a number.
    let readable = |text: &str| text.len() <= LONGEST && !text.contains(|c: char| c.is_control() && c != '\t');
    let texts: Vec<&str> =
        text.lines().filter(|line| line.ended).map(|line| if readable(line.text) { line.text } else { "" }).collect();
    let lines: Vec<Line<'_>> = texts.iter().enumerate().map(|(at, text)| Line::new(at, text)).collect();
    let mut output = Output {
        prefix: prefix(&texts),
        scales: scales(&lines),
        taken: vec![false; lines.len()],
        rows: vec![],
        passed: vec![],
        leans: Cell::new(false),
        name,
        lines,
    };
    output.csv(&texts);
    output.passed();
    output.tables();
    output.labelled();
    output.others();
    output.rows.sort_by_key(|row| row.at);
    output.rows.iter_mut().for_each(Row::settle);
    let Output { mut rows, passed, lines, .. } = output;
    let mut sections = apart::sections(&mut rows, &lines);
    apart::strangers(&mut rows, &lines);
    let heads = apart::instances(&mut rows, &mut sections, &lines);
    apart::names(&mut rows);
    rows.retain(|row| row.metrics().next().is_some());
    rows.truncate(MOST_ROWS);
    // A heading of one instance is not in every output.
    let plain: Vec<Line<'_>> = lines.into_iter().filter(|line| !heads.contains(&line.at)).collect();
    let mark = mark(name, &plain, &rows);
    Proposal { name: name.to_owned(), stream, mark, sections, rows, passed }
}

struct Output<'t> {
    name: &'t str,
    lines: Vec<Line<'t>>,
    /// What most lines start with: `bench: `.
    prefix: String,
    /// The units of these change with the size of the number; glued to it or apart.
    scales: BTreeSet<(Sort, bool)>,
    taken: Vec<bool>,
    rows: Vec<Row>,
    passed: Vec<Passed>,
    /// Whether the words of the line that is looked at say too little without its heading.
    leans: Cell<bool>,
}

impl Output<'_> {
    fn csv(&mut self, texts: &[&str]) {
        for head in 0..texts.len() {
            if let Some((row, count)) = csv::rows(texts, head) {
                self.taken[head..=head + count].fill(true);
                self.rows.push(row);
            }
        }
    }

    /// Lines that hold settings, versions and dates, and those that only say how far the tool is.
    fn passed(&mut self) {
        for at in 0..self.lines.len() {
            let line = &self.lines[at];
            if self.taken[at] || line.numbers.is_empty() {
                continue;
            }
            let why = kind::passed(line, self.name).or_else(|| self.is_progress(at).then_some("progress"));
            if let Some(why) = why {
                let row = Row::open(line);
                self.pass(row, why);
                self.taken[at] = true;
            }
        }
    }

    fn pass(&mut self, row: Row, why: &'static str) {
        let known = self.passed.iter().position(|passed| passed.row.shape() == row.shape());
        match known {
            Some(known) => self.passed[known].row.merge(row),
            None if self.passed.len() < MOST_PASSED => self.passed.push(Passed { row, why }),
            None => {}
        }
    }

    /// Three lines after one another that differ in a number which grows by the same step.
    fn is_progress(&self, at: usize) -> bool {
        let one = |at: usize| {
            let line = self.lines.get(at).filter(|line| line.numbers.len() == 1)?;
            let value: f64 = line.token(&line.numbers[0]).parse().ok()?;
            Some((line.left(0), line.right(0), value))
        };
        let steps = |from: usize| {
            let (a, b, c) = (one(from)?, one(from + 1)?, one(from + 2)?);
            let same = a.0 == b.0 && b.0 == c.0 && a.1 == b.1 && b.1 == c.1 && a.0.contains(char::is_alphabetic);
            Some(same && b.2 > a.2 && (b.2 - a.2 - (c.2 - b.2)).abs() < 1e-9)
        };
        (at.saturating_sub(2)..=at).any(|from| steps(from) == Some(true))
    }

    fn tables(&mut self) {
        for head in 0..self.lines.len() {
            if self.taken[head] {
                continue;
            }
            let Some(table) = Table::at(&self.lines, head).filter(|table| table.rows.iter().all(|at| !self.taken[*at])) else {
                continue;
            };
            let context = self.heading(head);
            let scaled = |line: &Line<'_>, index: usize| self.scaled(line, index);
            let rows = table.rows(&self.lines, &context, &scaled);
            self.taken[head] = true;
            table.rows.iter().for_each(|at| self.taken[*at] = true);
            let heading = self.heading_at(head).map(|(heading, _)| heading);
            rows.into_iter().for_each(|row| self.add(Row { heading, ..row }));
        }
    }

    /// Lines that differ in one of their first words, which tells them apart.
    fn labelled(&mut self) {
        for position in [0, 1, 2] {
            let shaped: Vec<Option<(String, Label)>> = (0..self.lines.len()).map(|at| self.without_word(at, position)).collect();
            for first in 0..shaped.len() {
                let Some((shape, _)) = &shaped[first] else { continue };
                let same: Vec<usize> = (first..shaped.len())
                    .filter(|at| !self.taken[*at] && shaped[*at].as_ref().is_some_and(|(s, _)| s == shape))
                    .collect();
                let words: BTreeSet<&str> = same
                    .iter()
                    .filter_map(|at| shaped[*at].as_ref().map(|(_, label)| &self.lines[*at].text[label.start..label.end]))
                    .collect();
                let column =
                    || self.lines[first].tokens.get(1).is_some_and(|gap| gap.kind == Kind::Space && gap.end - gap.start > 1);
                if self.taken[first] || words.len() < 2 && !(position == 0 && same.len() > 1 && column()) {
                    continue;
                }
                for at in same {
                    let Some((_, label)) = &shaped[at] else { continue };
                    let row = self.plain(at, Some(label));
                    self.add(row);
                    self.taken[at] = true;
                }
            }
        }
    }

    /// The shape of a line without the word number `position`, when it has several numbers.
    fn without_word(&self, at: usize, position: usize) -> Option<(String, Label)> {
        let line = self.lines.get(at).filter(|line| !self.taken[at] && line.numbers.len() > 1)?;
        let mut words = line.tokens.iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Loose));
        let unit = |word: &Token| {
            line.numbers.iter().any(|number| number.unit_word().0 <= word.start && word.end <= number.unit_word().1)
        };
        let word = words.nth(position).filter(|word| word.end < line.numbers[1].start && !unit(word))?;
        let label = Label { start: word.start, end: word.end, key: "row".to_owned() };
        let row = Row::new(line, self.roles(at, Some(&label)), Some(&label));
        let shape = row.shape();
        (row.metrics().next().is_some() && shape.replace("{*}", "").contains(char::is_alphabetic)).then_some((shape, label))
    }

    fn others(&mut self) {
        for at in 0..self.lines.len() {
            let line = &self.lines[at];
            if self.taken[at] || line.numbers.is_empty() || line.text.contains("{}") {
                continue;
            }
            let row = self.plain(at, None);
            self.taken[at] = true;
            if row.metrics().next().is_some() {
                self.add(row);
            } else if row.numbers().any(|number| matches!(number.role, Role::Ignored(_))) {
                let line = &self.lines[at];
                let open = Row::open(line);
                self.pass(open, "setting");
            }
        }
    }

    fn plain(&self, at: usize, label: Option<&Label>) -> Row {
        self.leans.set(false);
        let row = Row::new(&self.lines[at], self.roles(at, label), label);
        let heading = self.heading_at(at).map(|(heading, _)| heading);
        Row { heading, leans: self.leans.get(), ..row }
    }

    /// What the numbers of a line are, by the words beside them; those of `label` do not count.
    fn roles(&self, at: usize, label: Option<&Label>) -> Vec<Role> {
        let line = &self.lines[at];
        if let Some(roles) = self.percentile(at) {
            return roles;
        }
        // Without the label the words around the numbers are the same in all rows.
        let unlabelled = label.map(|label| {
            let (before, after) = (&line.text[..label.start], &line.text[label.end..]);
            let sign = usize::from(after.starts_with([':', '=']));
            format!("{before}{}{}", " ".repeat(label.end - label.start + sign), &after[sign..])
        });
        let line = unlabelled.as_ref().map_or_else(|| line.clone(), |text| Line::new(at, text));
        let mut roles = Vec::new();
        while roles.len() < line.numbers.len() {
            let index = roles.len();
            let count = line.slashed(index);
            match self.listed(at, &line, index, count) {
                Some(listed) => roles.extend(listed),
                None if label.is_some()
                    && line.key(index, "").text.is_empty()
                    && line.numbers[index].after.unit.sort() == Some(Sort::Time) =>
                {
                    let unit = line.numbers[index].after.unit.clone();
                    roles.push(Role::Metric(kind::metric("time".to_owned(), unit, self.scaled(&line, index))));
                }
                None => roles.push(self.role(at, &line, index, roles.last())),
            }
        }
        roles
    }

    fn role(&self, at: usize, line: &Line<'_>, index: usize, before: Option<&Role>) -> Role {
        let mut key = line.key(index, &self.prefix);
        let mut fallback = String::new();
        if key.name().is_stat_alone() && index > 0 {
            fallback = as_before(line, index, before, &mut key);
        } else if key.name().is_stat_alone() || key.text.is_empty() && line.indent() > 0 && line.numbers.len() == 1 {
            let heading = line.object().map_or_else(|| self.heading(at), str::to_owned);
            let (about, unit) = unit_in(&heading);
            // How many there are of it is not measured in its unit.
            if key.unit == Unit::Unsaid && key.name().stat.as_deref() != Some("count") {
                key.unit = unit;
            }
            fallback = if about.is_empty() { String::new() } else { name::of(about, key.unit.sort()).base };
        }
        if key.name().is_stat_alone() && fallback.is_empty() {
            fallback = if key.unit.sort() == Some(Sort::Time) { "latency".to_owned() } else { "value".to_owned() };
        }
        if let Some(all) = line.counted()
            && let Some(noun) = line.noun(index)
            && name::of(&noun, None).stat.is_none()
        {
            let all = name::singular(&name::slug(all));
            let unit = if key.unit == Unit::Unsaid { Unit::Clear(format!("{{{all}}}"), Sort::Count) } else { key.unit.clone() };
            let spelled = matches!(&unit, Unit::Clear(unit, _) if prill_core::scan::unit::spelled(unit).is_ok());
            let part = name::slug(&noun);
            if !part.is_empty() && part != "total" {
                return Role::Metric(kind::metric(format!("{all}.{part}"), if spelled { unit } else { Unit::Unsaid }, false));
            }
        }
        kind::role(&key, &fallback, self.scaled(line, index))
    }

    /// `min/avg/max = 1.5/2/3 ms`: as many words as numbers, with slashes between.
    fn listed(&self, at: usize, line: &Line<'_>, index: usize, count: usize) -> Option<Vec<Role>> {
        let left = line.left(index).trim().trim_end_matches([':', '=', ' ']);
        let bracketed = left.strip_suffix(')').and_then(|inner| inner.rsplit('(').next());
        let left = left.trim_end_matches(')');
        let words = bracketed.or_else(|| left.rsplit([' ', '\t']).next()).filter(|_| count > 1)?;
        let stats: Vec<&str> = words.split(['/', '\u{b1}', '\u{2026}']).map(str::trim).collect();
        // `</Value>` and `Bytes/sec` have a slash too, and a part that names nothing.
        let nameless = |stat: &&str| name::stat(stat).is_none() && name::slug(stat).is_empty();
        if stats.len() != count || stats.iter().any(nameless) {
            return None;
        }
        let about = left[..left.len() - words.len()].trim_end_matches(['(', ' ']);
        let heading = if about.is_empty() { self.heading(at) } else { about.to_owned() };
        let about = heading.as_str();
        let (about, in_heading) = unit_in(about);
        // `1/2/3 ms` are all times; of `6/6/0%` only the last is a share.
        let last = Some(line.numbers[index + count - 1].after.unit.clone()).filter(|unit| unit.sort() != Some(Sort::Ratio));
        let role = |(offset, stat): (usize, &str)| {
            let own = line.numbers[index + offset].after.unit.clone();
            let unit = [own, last.clone().unwrap_or_default(), in_heading.clone()]
                .into_iter()
                .find(|unit| *unit != Unit::Unsaid)
                .unwrap_or_default();
            let base = name::of(about, None).base;
            let base = if base.is_empty() { if unit.sort() == Some(Sort::Time) { "latency" } else { "value" } } else { &base };
            let name = match name::stat(stat) {
                Some(stat) => format!("{base}.{stat}"),
                None => format!("{base}.{}", name::slug(stat)),
            };
            Role::Metric(kind::metric(name, unit, self.scaled(line, index + offset)))
        };
        Some(stats.into_iter().enumerate().map(role).collect())
    }

    /// `99% 1.5ms`, `99.9% <= 1.5 ms (5 samples)`, `percentile 99.9 = 1.5`: a row of a table of percentiles.
    fn percentile(&self, at: usize) -> Option<Vec<Role>> {
        let line = &self.lines[at];
        let (percent, value) = (line.numbers.first()?, line.numbers.get(1)?);
        let share: f64 = line.token(percent).parse().ok()?;
        let left = line.left(0).trim().to_lowercase();
        let sign = line.text[percent.end..].starts_with(['%', 't']) && matches!(left.as_str(), "" | "*");
        let word = left.ends_with("percentile");
        let between = line.text[percent.end..value.start].trim_start_matches(['%', 't', 'h', ' ', '\t']).trim_end();
        if !(sign || word) || !(0.0..=100.0).contains(&share) || !matches!(between, "" | "<=" | "<" | ":" | "=") {
            return None;
        }
        let heading = self.heading(at);
        let (about, in_heading) = unit_in(&heading);
        let unit = if value.after.unit == Unit::Unsaid { in_heading } else { value.after.unit.clone() };
        let base = if word { String::new() } else { name::of(about, None).base };
        let base = if base.is_empty() {
            if unit.sort() == Some(Sort::Time) { "latency".to_owned() } else { "value".to_owned() }
        } else {
            short(&base)
        };
        let metric = kind::metric(format!("{base}.p{{percentile}}"), unit, self.scaled(line, 1));
        let rest = (2..line.numbers.len()).map(|_| Role::Ignored("samples".to_owned()));
        Some([Role::Percentile, Role::Metric(metric)].into_iter().chain(rest).collect())
    }

    fn scaled(&self, line: &Line<'_>, index: usize) -> bool {
        scale(line, index).is_some_and(|(key, _)| self.scales.contains(&key))
    }

    /// The heading, which the meaning of the line hangs on from now on.
    fn heading(&self, at: usize) -> String {
        let found = self.heading_at(at);
        self.leans.set(self.leans.get() || found.is_some());
        found.map(|(_, text)| text).unwrap_or_default()
    }

    /// The words above the block that the line is in: a line without numbers that ends with a colon, or one that stands
    /// further left, up to its first number.
    fn heading_at(&self, at: usize) -> Option<(usize, String)> {
        let indent = self.lines[at].indent();
        let mut blank = false;
        for (above, line) in self.lines[..at].iter().enumerate().rev().take(40) {
            let text = line.text.trim();
            let left = line.indent() < indent;
            if text.is_empty() {
                blank = true;
            } else if line.numbers.is_empty() && line.has_words() {
                if left || text.ends_with([':', ')']) {
                    return Some((above, text.trim_end_matches(':').to_owned()));
                }
                if blank {
                    return None;
                }
            } else if left && !line.numbers.is_empty() {
                let words = line.left(0).trim();
                return (text.ends_with([':', ')']) && words.contains(char::is_alphabetic)).then(|| (above, words.to_owned()));
            }
        }
        None
    }

    fn add(&mut self, row: Row) {
        match self.rows.iter().position(|known| known.is_like(&row)) {
            Some(known) => self.rows[known].merge(row),
            None => self.rows.push(row),
        }
    }
}

/// In `lat (us): min=5, max=9` and `avg-latency=5 (std-dev=2)` a number is of what the one before it is of, which is given.
fn as_before(line: &Line<'_>, index: usize, before: Option<&Role>, key: &mut Key) -> String {
    let Some(Role::Metric(before)) = before else { return String::new() };
    let Some((base, _)) = before.name.rsplit_once('.').filter(|(_, stat)| name::stat(stat).is_some()) else {
        return String::new();
    };
    if key.unit == Unit::Unsaid
        && key.name().stat.as_deref() != Some("count")
        && line.numbers[index - 1].after.unit == Unit::Unsaid
    {
        key.unit = before.unit.clone();
    }
    base.to_owned()
}

/// The last two words of a long heading.
fn short(base: &str) -> String {
    match base.split_once('.') {
        Some((object, quantity)) if object.split('_').count() > 2 => quantity.to_owned(),
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use prill_core::extract::{Captures, run};
    use prill_declare::Declared;

    use super::*;
    use crate::new::propose;

    /// The metrics that the proposal for `text` gives of it.
    fn metrics(text: &str) -> Vec<String> {
        let proposal = propose::propose("x", Stream::Stdout, &Text::new(text.as_bytes()));
        let format = Declared::from_toml(&propose::toml(&proposal), "x.toml").unwrap_or_else(|e| panic!("failed to {e}"));
        let extraction = run(&format, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[]);
        extraction.metrics.iter().map(|m| format!("{m} = {} {}", m.value(), m.unit().map_or("?", |unit| unit.code()))).collect()
    }

    #[test]
    fn a_table_has_the_names_of_its_columns_and_labels_of_its_rows() {
        let text =
            "Times (ms)\n           min  mean[+/-sd]  max\nConnect:    0    1   0.2     4\nWait:       1    2   0.5     9\n";
        assert_eq!(metrics(text)[..2], ["time.min{row=Connect} = 0 s", "time.mean{row=Connect} = 0.001 s"]);
        assert_eq!(metrics(text)[7], "time.max{row=Wait} = 0.009 s");
    }

    #[test]
    fn what_comes_again_below_headings_is_labelled_with_them() {
        let text = "Benchmark 1: sleep 0.2\n  Time: 20 ms\nBenchmark 2: sleep 0.4 -x\n  Time: 40 ms\n";
        assert_eq!(metrics(text), ["time{benchmark=\"1: sleep 0.2\"} = 0.02 s", "time{benchmark=\"2: sleep 0.4 -x\"} = 0.04 s"]);
        let text = "== SET ==\nspeed: 5 KiB/s\n== GET ==\nspeed: 6 KiB/s\n";
        assert_eq!(metrics(text), ["speed{section=SET} = 5120 By/s", "speed{section=GET} = 6144 By/s"]);
        let text = "speed: 5 KiB/s\nspeed: 6 KiB/s\n";
        assert_eq!(metrics(text)[0], "speed{repetition=1} = 5120 By/s");
    }

    #[test]
    fn what_is_counted_has_no_unit_of_the_table() {
        let text = "Latency (us)\nop       avg   max   samples\nread     5     9     120\nwrite    6     12    80\n";
        assert_eq!(metrics(text)[1..3], ["latency.max{op=read} = 0.000009 s", "sample.count{op=read} = 120 {sample}"]);
        let text = "Latency (us):\n  count: 129\n  max: 7\n";
        assert_eq!(metrics(text), ["latency.count = 129 {latency}", "latency.max = 0.000007 s"]);
    }

    #[test]
    fn rows_of_one_shape_below_different_headings_are_told_apart() {
        let text = "Wakeup latency (usec):\n  50.0th: 15\n  99.0th: 90\nRPS (requests):\n  50.0th: 100\n";
        assert_eq!(
            metrics(text),
            ["wakeup.latency.p50 = 0.000015 s", "wakeup.latency.p99 = 0.00009 s", "request.rate.p50 = 100 ?"]
        );
    }

    #[test]
    fn units_that_come_in_several_sizes_are_read_where_they_stand() {
        let text = "min/avg/max = 256.8 us / 1.5 ms / 3 ms\n";
        assert_eq!(metrics(text), ["latency.min = 0.0002568 s", "latency.mean = 0.0015 s", "latency.max = 0.003 s"]);
    }

    #[test]
    fn lines_that_differ_in_a_word_are_labelled_with_it() {
        let text = "SET: 480.5 requests per second, p50=0.567 msec\nGET: 500 requests per second, p50=0.5 msec\n";
        assert_eq!(metrics(text)[..2], ["request.rate{row=SET} = 480.5 {request}/s", "latency.p50{row=SET} = 0.000567 s"]);
    }

    #[test]
    fn two_quantities_of_one_name_are_told_apart() {
        let text = "Time per request: 0.4 [ms] (mean)\nTime per request: 0.1 [ms] (mean, across all)\n";
        assert_eq!(metrics(text), ["request.time.mean = 0.0004 s", "across_all.request.time.mean = 0.0001 s"]);
    }

    #[test]
    fn a_table_with_two_columns_of_labels_is_left_out() {
        let text = "10:05:01 AM  CPU   %user   %sys %iowait\n10:05:03 AM  all    3.24    0.75    0.25\n";
        let proposal = propose::propose("x", Stream::Stdout, &Text::new(text.as_bytes()));
        assert!(!proposal.has_metrics(), "{proposal:?}");
    }

    #[test]
    fn apostrophes_end_no_string() {
        for text in ["it's 5\n", "'''b 0\n", "a''''b 0\n"] {
            let toml = propose::toml(&propose::propose("x", Stream::Stdout, &Text::new(text.as_bytes())));
            assert!(Declared::from_toml(&toml, "x.toml").is_ok(), "{toml}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(128))]
        #[test]
        fn any_text_gives_a_format_that_loads(text in "([a-zA-Z0-9.,:=/%()'\"#*│µ -]{0,30}\n){0,8}") {
            let proposal = propose::propose("x", Stream::Stdout, &Text::new(text.as_bytes()));
            if proposal.has_metrics() {
                let toml = propose::toml(&proposal);
                proptest::prop_assert!(Declared::from_toml(&toml, "x.toml").is_ok(), "{toml}\n{:?}", Declared::from_toml(&toml, "x.toml"));
            }
        }
    }
}
