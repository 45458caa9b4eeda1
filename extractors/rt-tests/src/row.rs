use prill_core::scan::{Line, number};

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
}

impl<'t> Row<'t> {
    pub(crate) fn parse(line: Line<'t>) -> Option<Self> {
        let rest = line.text.trim_start().strip_prefix("T:")?;
        let (thread, after) = number::leading(rest.trim_start())?;
        if !after.trim_start().starts_with('(') || !thread.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let field = |key: &str| Field::find(line, key);
        let token = |key: &str, width: usize| field(key).filter(|f| f.is_whole(width)).map(|f| f.token);
        let cycles = token(" C:", 7);
        cycles.or_else(|| token(" Min:", 7))?;
        Some(Self {
            line: line.text,
            thread,
            cycles,
            min: token(" Min:", 7),
            last: token(" Act:", 8),
            mean: token(" Avg:", 8),
            max: token(" Max:", 8),
            smi: token(" SMI:", 8),
            priority: token(" P:", 2),
            nanoseconds: [" Act:", " Avg:"].iter().find_map(|key| field(key)?.nanoseconds()),
        })
    }

    /// The tokens that are no metrics: all numbers of the row before its cycles.
    pub(crate) fn identity(&self) -> &'t str {
        self.line.find(" C:").map_or(self.line, |end| &self.line[..end])
    }

    /// Whether the thread has an interval: one of signaltest waits for a signal.
    pub(crate) fn has_interval(&self) -> bool {
        self.identity().contains(" I:")
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
    fn find(line: Line<'t>, key: &str) -> Option<Self> {
        let after = &line.text[line.text.find(key)? + key.len()..];
        let padded = after.trim_start_matches(' ');
        let (token, rest) = number::leading(padded)?;
        Some(Self { token, padding: after.len() - padded.len(), followed: line.ended || !rest.is_empty() })
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
