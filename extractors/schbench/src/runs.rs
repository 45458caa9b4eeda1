//! Which lines make one interval's block, and which blocks one run.

use std::ops::Range;

use crate::header::Kind;
use crate::line::Line;

/// The tables of one interval, or the final ones, with the lines that belong to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) marks: Range<usize>,
    pub(crate) kinds: Kinds,
    runtime: Option<u64>,
    samples: Option<u64>,
    /// It has the line that only an interval has.
    pub(crate) interval: bool,
    /// It has the line that only the end of a run has.
    pub(crate) last: bool,
}

/// A set of kinds of tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    fn insert(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u8;
    }

    pub(crate) fn contains(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The blocks of each run, in order.
pub(crate) fn runs(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|before, block| !starts_a_run(before, block))
}

impl Block {
    /// Adds the line of the mark with this number to the last of `blocks`, or to a new one.
    pub(crate) fn add_to(blocks: &mut Vec<Self>, mark: usize, line: &Line<'_>) {
        match blocks.last_mut().filter(|block| !starts_a_block(block, line)) {
            Some(block) => block.add(line),
            None => {
                let kinds = Kinds::default();
                let mut block = Self { marks: mark..mark, kinds, runtime: None, samples: None, interval: false, last: false };
                block.add(line);
                blocks.push(block);
            }
        }
    }

    fn add(&mut self, line: &Line<'_>) {
        self.marks.end += 1;
        match line {
            Line::Header(header) => {
                let number = |token: Option<&str>| token.and_then(|t| t.parse().ok());
                self.runtime = self.runtime.or_else(|| number(header.runtime));
                // The rates are sampled once a second whatever happens; they say nothing about the work done.
                if header.kind != Kind::Rps {
                    self.samples = self.samples.max(number(header.samples));
                }
                self.kinds.insert(header.kind);
            }
            Line::Current(_) => self.interval = true,
            Line::Average(_) => self.last = true,
            Line::Goal(_) => self.last |= self.kinds.contains(Kind::Rps),
            _ => {}
        }
    }
}

fn starts_a_block(block: &Block, line: &Line<'_>) -> bool {
    match line {
        Line::Header(header) => {
            let first = matches!(header.kind, Kind::Latency | Kind::Wakeup);
            !block.kinds.is_empty() && (first || block.kinds.contains(header.kind)) || block.last && block.kinds.is_empty()
        }
        Line::Average(_) => block.last,
        // Until 2023 each message thread prints its own before the final tables, since then it stands once after them.
        Line::Goal(_) | Line::ThreadGoal(_) => block.interval || !block.kinds.is_empty() && !block.kinds.contains(Kind::Rps),
        _ => false,
    }
}

/// True when `block` is not of the run that `before` is of. Its tables are cumulative and its clock only goes on.
fn starts_a_run(before: &Block, block: &Block) -> bool {
    if before.last {
        return true;
    }
    let (Some(then), Some(now)) = (before.runtime, block.runtime) else {
        // Without a clock there are no intervals (before October 2020): each table is a run.
        return !before.kinds.is_empty() && !block.kinds.is_empty();
    };
    let fewer = block.samples < before.samples;
    if before.interval && !block.interval {
        // The final tables carry the run time that was asked for, which the last interval may have passed.
        return now < then && fewer;
    }
    let rates = before.kinds.contains(Kind::Rps);
    if !before.interval && !block.interval && rates && now == then {
        // April 2023: no line says which tables are final. These follow the last interval's at once.
        return fewer || block.samples > before.samples.map(|samples| samples + samples / 50 + 64);
    }
    now <= then
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;

    /// How many blocks each run has.
    fn shape(text: &str) -> Vec<usize> {
        let mut outline = Outline::default();
        outline.read(text, true);
        runs(&outline.blocks).map(<[_]>::len).collect()
    }

    fn tables(runtime: u32, samples: u32) -> String {
        ["Wakeup Latencies", "Request Latencies", "RPS"]
            .map(|label| {
                let unit = if label == "RPS" { "requests" } else { "usec" };
                format!(
                    "{label} percentiles ({unit}) runtime {runtime} (s) ({samples} total samples)\n\t50.0th: 1\n\tmin=1, max=1\n"
                )
            })
            .concat()
    }

    fn old(runtime: u32, samples: u32) -> String {
        format!("Latency percentiles (usec) runtime {runtime} (s) ({samples} total samples)\n\t50.0th: 1\n\tmin=1, max=1\n")
    }

    #[test]
    fn intervals_and_the_end_are_one_run() {
        let text = format!(
            "{}current rps: 1.00\n{}current rps: 1.00\n{}average rps: 1.00\n",
            tables(2, 9),
            tables(4, 20),
            tables(4, 21)
        );
        assert_eq!(shape(&text), [3]);
        let late = format!("{}current rps: 1.00\n{}average rps: 1.00\n", tables(7, 9), tables(6, 10));
        assert_eq!(shape(&late), [2], "the last interval may be late");
        assert_eq!(shape(&format!("{}{}", old(2, 5), old(4, 9))), [2]);
    }

    #[test]
    fn an_end_ends_a_run() {
        let one = format!("{}average rps: 1.00\nsched delay: message 0 (usec) worker 0 (usec)\n", tables(3, 9));
        assert_eq!(shape(&one.repeat(2)), [1, 1]);
        assert_eq!(shape(&format!("{}final rps goal was 5\n", tables(3, 9)).repeat(3)), [1, 1, 1]);
        assert_eq!(shape("average rps: 1.00\naverage rps: 2.00\n"), [1, 1]);
    }

    #[test]
    fn a_clock_that_does_not_go_on_starts_a_run() {
        assert_eq!(shape(&format!("{}{}", old(3, 5), old(3, 5))), [1, 1]);
        assert_eq!(shape(&format!("{}{}{}", old(2, 5), old(4, 9), old(2, 5))), [2, 1]);
        let killed = format!("{}current rps: 1.00\n", tables(10, 50));
        assert_eq!(shape(&format!("{killed}{}average rps: 1.00\n", tables(3, 9))), [1, 1]);
        assert_eq!(shape(&killed.repeat(2)), [1, 1]);
        assert_eq!(shape(&"Latency percentiles (usec)\n\t50.0th: 1\n\tmin=0, max=1\n".repeat(2)), [1, 1]);
    }

    #[test]
    fn without_an_end_line_the_sample_counts_decide() {
        assert_eq!(shape(&format!("{}{}", tables(3, 498), tables(3, 499))), [2]);
        assert_eq!(shape(&format!("{}{}", tables(3, 498), tables(3, 900))), [1, 1]);
        assert_eq!(shape(&format!("{}{}", tables(3, 498), tables(3, 300))), [1, 1]);
    }

    #[test]
    fn the_goal_of_a_thread_stands_before_the_final_tables() {
        let text = format!("{}current rps: 1.00\nfinal rps goal was 5\nfinal rps goal was 5\n{}", tables(2, 9), tables(2, 10));
        assert_eq!(shape(&text), [2]);
        let old_way = format!("{}final rps was 5\n{}", old(2, 5), old(4, 9));
        assert_eq!(shape(&old_way), [2]);
    }
}
