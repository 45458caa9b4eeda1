use prill_core::MetricSink;
use prill_core::scan::Search;

use crate::labels::Labels;
use crate::unit;
use crate::unit::{IO, Printing};
use crate::work::Work;

const OPS: [&str; 4] = ["read", "write", "trim", "sync"];

/// How many I/Os were issued, cut short and dropped, of each direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Issued<'t> {
    total: Vec<&'t str>,
    short: Vec<&'t str>,
    dropped: Vec<&'t str>,
}

impl<'t> Issued<'t> {
    /// `issued rwts: total=19472,0,0,0 short=0,0,0,0 dropped=0,0,0,0` of fio 3.x,
    /// `issued    : total=r=19472/w=0/d=0, short=r=0/w=0/d=0, drop=r=0/w=0/d=0` of fio 2.x.
    pub(super) fn parse(line: &'t str) -> Option<Self> {
        let values = line.trim().strip_prefix("issued")?;
        let of = |key: &str| {
            let rest = values.cut(key).map_or("", |(_, rest)| rest);
            let list = rest.split(' ').next().unwrap_or_default().trim_end_matches(',');
            let separator = if list.contains('/') { '/' } else { ',' };
            let count = |entry: &'t str| {
                let number = entry.rsplit('=').next().unwrap_or_default();
                Printing::plain(number, unit::IO).filter(|n| n.rest.is_empty()).map(|n| n.token)
            };
            list.split(separator).map_while(count).collect()
        };
        let dropped: Vec<_> = of("dropped=");
        let dropped = if dropped.is_empty() { of("drop=") } else { dropped };
        Some(Self { total: of("total="), short: of("short="), dropped })
    }

    /// How many I/Os of `op` there were.
    pub(super) fn of(&self, op: &str) -> Option<u64> {
        let at = OPS.iter().position(|o| *o == op)?;
        self.total.get(at)?.parse().ok()
    }

    /// Puts in the counts of the directions that were used; `unified` says that they are all in the place of read.
    pub(super) fn extract(&self, unified: bool, job: &Labels<'t>, work: Work, out: &mut MetricSink) {
        for (i, op) in OPS.iter().enumerate() {
            let Some(total) = self.total.get(i) else { break };
            let others = [("io.short", self.short.get(i)), ("io.dropped", self.dropped.get(i))];
            if *total == "0" {
                out.ignore(total, "a direction without any I/O");
                others.iter().filter_map(|(_, n)| *n).for_each(|n| out.ignore(n, "a direction without any I/O"));
                continue;
            }
            let labels = match *op {
                "sync" => job.clone(),
                "read" if unified => job.with("op", "mixed"),
                op => job.with("op", op),
            };
            let name = if *op == "sync" { "sync.count" } else { "io.count" };
            labels.metric(out, name).unit(IO).polarity(work.amount()).push(total);
            for (name, count) in others.iter().filter_map(|(name, count)| Some((*name, (*count)?))) {
                if *op == "sync" {
                    out.ignore(count, "fio does not count short syncs");
                } else {
                    labels.metric(out, name).unit(IO).lower().push(count);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_are_read() {
        let new = Issued::parse("     issued rwts: total=19472,5,0,2 short=1,0,0,0 dropped=0,0,0,0").unwrap();
        assert_eq!((new.of("read"), new.of("write"), new.of("sync")), (Some(19472), Some(5), Some(2)));
        assert_eq!((new.short[0], new.dropped.len()), ("1", 4));
        let old = Issued::parse("     issued    : total=r=19472/w=5/d=0, short=r=1/w=0/d=0, drop=r=0/w=0/d=0").unwrap();
        assert_eq!((old.of("read"), old.of("write"), old.of("sync")), (Some(19472), Some(5), None));
        assert_eq!((old.short[0], old.dropped.len()), ("1", 3));
        assert!(Issued::parse("submit    : 0=0.0%").is_none());
    }
}
