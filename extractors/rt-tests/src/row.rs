use prill_core::scan::{Line, Search, number};

/// `T: 0 (27278) P: 0 I:2000 C:    989 Min:     53 Act:   99 Avg:  138 Max:    6714`: the counters of one thread.
///
/// A number that the end of the text may have cut in half is left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'t> {
    /// The whole line.
    pub(crate) line: &'t str,
    /// Number of the thread.
    pub(crate) thread: &'t str,
    /// `C:`, how many cycles it counted.
    pub(crate) cycles: Option<&'t str>,
    /// `Min:`
    pub(crate) min: Option<&'t str>,
    /// `Act:`, the last latency.
    pub(crate) last: Option<&'t str>,
    /// `Avg:`, cut down to an integer.
    pub(crate) mean: Option<&'t str>,
    /// `Max:`
    pub(crate) max: Option<&'t str>,
    /// `SMI:`, system management interrupts since the start; only with `--smi`.
    pub(crate) smi: Option<&'t str>,
    /// `P:`, the real-time priority that was asked for.
    pub(crate) priority: Option<&'t str>,
    /// Whether the latencies are nanoseconds, where the width of the columns shows it.
    pub(crate) nanoseconds: Option<bool>,
    /// Where `C:` stands; what is before it is no metric.
    count: usize,
    /// Whether `I:` stands before it.
    interval: bool,
}

impl<'t> Row<'t> {
    pub(crate) fn parse(line: Line<'t>) -> Option<Self> {
        let rest = line.text.trim_ascii_start().strip_prefix("T:")?;
        let (thread, after) = number::leading(rest.trim_ascii_start())?;
        if !after.trim_ascii_start().starts_with('(') || !thread.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut row = Self {
            line: line.text,
            thread,
            cycles: None,
            min: None,
            last: None,
            mean: None,
            max: None,
            smi: None,
            priority: None,
            nanoseconds: None,
            count: line.text.len(),
            interval: false,
        };
        let mut seen = 0u8;
        let mut rest = after;
        while let Some((before, value)) = rest.split_once(':') {
            let key = &before[before.bytes().rposition(|b| b == b' ').map_or(0, |at| at + 1)..];
            // Of a key that stands there twice the first counts.
            let bit = KEYS.iter().position(|known| *known == key).map_or(0, |at| 1 << at);
            if bit & !seen != 0 {
                seen |= bit;
                row.take(key, value, line);
            }
            rest = value;
        }
        row.cycles.or(row.min)?;
        Some(row)
    }

    fn take(&mut self, key: &str, value: &'t str, line: Line<'t>) {
        if key == "C" {
            // The blank before the key and the colon behind it.
            self.count = line.text.len() - value.len() - " C:".len();
        }
        let Some(field) = Field::read(value, line.ended) else { return };
        let token = |width: usize| field.is_whole(width).then_some(field.token);
        match key {
            "P" => self.priority = token(2),
            "I" => self.interval = self.count == line.text.len(),
            "C" => self.cycles = token(7),
            "Min" => self.min = token(7),
            "Act" => self.last = token(8),
            "Avg" => self.mean = token(8),
            "Max" => self.max = token(8),
            _ => self.smi = token(8),
        }
        if matches!(key, "Act" | "Avg") {
            self.nanoseconds = self.nanoseconds.or(field.nanoseconds());
        }
    }

    /// The tokens that are no metrics: all numbers of the row before its cycles.
    pub(crate) fn identity(&self) -> &'t str {
        &self.line[..self.count]
    }

    /// Whether the row is of another process than `earlier`, which has the number of its thread. One that has not started is 0.
    pub(crate) fn is_of_another_run(&self, earlier: &Self) -> bool {
        let id = |row: &Self| row.line.cut("(")?.1.cut(")").map(|(id, _)| id.trim()).filter(|id| !is_zero(id));
        matches!((id(earlier), id(self)), (Some(earlier), Some(later)) if earlier != later)
    }

    /// Whether the thread has an interval: one of signaltest waits for a signal.
    pub(crate) fn has_interval(&self) -> bool {
        self.interval
    }

    /// Whether all columns are there.
    pub(crate) fn is_whole(&self) -> bool {
        self.max.is_some()
    }

    /// The thread has counted no cycle: its `Min:1000000` and zeros stand for nothing.
    pub(crate) fn is_placeholder(&self) -> bool {
        self.cycles.is_some_and(is_zero)
    }
}

/// What stands before the colons.
const KEYS: [&str; 8] = ["P", "I", "C", "Min", "Act", "Avg", "Max", "SMI"];

pub(crate) fn is_zero(token: &str) -> bool {
    token.bytes().all(|b| b == b'0')
}

/// `Min:     53`
struct Field<'t> {
    token: &'t str,
    /// How many blanks stand before the number.
    padding: usize,
    /// Whether something follows the number, so that it is whole.
    followed: bool,
}

impl<'t> Field<'t> {
    /// What stands behind a colon.
    fn read(after: &'t str, ended: bool) -> Option<Self> {
        let padded = after.trim_start_matches(' ');
        let (token, rest) = number::leading(padded)?;
        Some(Self { token, padding: after.len() - padded.len(), followed: ended || !rest.is_empty() })
    }

    /// A number is padded to `width`, so one that is shorter with its padding was cut.
    fn is_whole(&self, width: usize) -> bool {
        self.followed || (self.padding > 0 && self.padding + self.token.len() >= width)
    }

    /// Act and Avg are padded to 5 characters in microseconds (`%5ld`) and to 8 in nanoseconds (`%8ld`).
    fn nanoseconds(&self) -> Option<bool> {
        let width = self.padding + self.token.len();
        match width {
            _ if !self.followed => None,
            8.. if self.padding > 0 => Some(true),
            8.. => None,
            _ => Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::Text;

    fn row(line: &str) -> Option<Row<'_>> {
        // The slices are of `line` itself: a clean text is borrowed.
        let ended = line.ends_with('\n');
        Row::parse(Line { text: line.trim_end_matches('\n'), number: 1, ended })
    }

    #[test]
    fn the_columns_show_the_unit() {
        let us = row("T: 0 (27278) P: 0 I:2000 C:    989 Min:     53 Act:   99 Avg:  138 Max:    6714\n").unwrap();
        assert_eq!((us.thread, us.cycles, us.min, us.max), ("0", Some("989"), Some("53"), Some("6714")));
        assert_eq!((us.last, us.mean, us.nanoseconds, us.priority), (Some("99"), Some("138"), Some(false), Some("0")));
        let ns = row("T: 1 (14148) P:80 I:1000 C:    986 Min:  30219 Act:   76620 Avg:  118762 Max: 3884437\n").unwrap();
        assert_eq!((ns.nanoseconds, ns.priority, ns.identity()), (Some(true), Some("80"), "T: 1 (14148) P:80 I:1000"));
        let wide = row("T: 1 (14148) P:80 I:1000 C:    986 Min:  30219 Act:12345678 Avg:12345678 Max: 3884437\n").unwrap();
        assert_eq!(wide.nanoseconds, None, "both formats print that");
    }

    #[test]
    fn a_number_that_may_be_cut_is_left_out() {
        let line = "T: 0 (27278) P: 0 I:2000 C:    989 Min:     53 Act:   99 Avg:  138 Max:    6714";
        assert_eq!(row(line).unwrap().max, Some("6714"), "the padding shows that it is whole");
        assert_eq!(row(&line[..line.len() - 1]).unwrap().max, None);
        assert!(!row("T: 0 (27278) P: 0 I:2000 C:    989 Min:     53 Act:   9").unwrap().is_whole());
        assert!(row("T: 0 (27278) P: 0 I:2000 C:").is_none());
    }

    #[test]
    fn other_lines_are_none() {
        let text = Text::new(b"T: 0 Spike:     104: TS:   4151299918\n# T: 0 (1) C: 5\n\nT:\n");
        assert!(text.lines().all(|line| Row::parse(line).is_none()));
    }
}
