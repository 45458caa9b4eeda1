use prill_core::scan::unit;
use prill_core::{Polarity, Printed};

/// Something that valgrind counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Kind {
    /// As the text calls it.
    pub(crate) printed: &'static str,
    /// As the summaries call it.
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) labels: &'static [(&'static str, &'static str)],
    /// `None` where it depends on an option of valgrind that the output does not show.
    pub(crate) unit: Option<Printed>,
    pub(crate) polarity: Polarity,
}

const INSTRUCTION: Option<Printed> = Some(Printed::base("{instruction}"));
const CYCLE: Option<Printed> = Some(Printed::base("{cycle}"));
const ACCESS: Option<Printed> = Some(Printed::base("{access}"));
const BRANCH: Option<Printed> = Some(Printed::base("{branch}"));
const BLOCK: Option<Printed> = Some(Printed::base("{block}"));
const EVENT: Option<Printed> = Some(Printed::base("{event}"));
const ERROR: Option<Printed> = Some(Printed::base("{error}"));
const BYTE: Option<Printed> = Some(unit::BYTE);
const PERCENT: Option<Printed> = Some(unit::PERCENT);

const fn kind(
    printed: &'static str,
    key: &'static str,
    name: &'static str,
    labels: &'static [(&'static str, &'static str)],
    unit: Option<Printed>,
) -> Kind {
    Kind { printed, key, name, labels, unit, polarity: Polarity::Lower }
}

const fn higher(kind: Kind) -> Kind {
    Kind { polarity: Polarity::Higher, ..kind }
}

const fn unknown(kind: Kind) -> Kind {
    Kind { polarity: Polarity::Unknown, ..kind }
}

/// What `Display` and the schema of gungraun-runner 0.17 have (`api.rs`), what iai 0.1 prints, and what iai-callgrind called it
/// before it said `LL Hits`.
const KINDS: &[Kind] = &[
    kind("Instructions", "Ir", "instruction.count", &[], INSTRUCTION),
    kind("Estimated Cycles", "EstimatedCycles", "cycle.count", &[], CYCLE),
    kind("L1 Accesses", "", "cache.hit.count", &[("cache", "L1")], ACCESS),
    kind("L2 Accesses", "", "cache.hit.count", &[("cache", "L2")], ACCESS),
    kind("RAM Accesses", "", "cache.hit.count", &[("cache", "RAM")], ACCESS),
    kind("L1 Hits", "L1hits", "cache.hit.count", &[("cache", "L1")], ACCESS),
    kind("L2 Hits", "", "cache.hit.count", &[("cache", "L2")], ACCESS),
    kind("LL Hits", "LLhits", "cache.hit.count", &[("cache", "LL")], ACCESS),
    kind("RAM Hits", "RamHits", "cache.hit.count", &[("cache", "RAM")], ACCESS),
    kind("Total read+write", "TotalRW", "memory.access.count", &[], ACCESS),
    kind("Dr", "Dr", "memory.access.count", &[("op", "read")], ACCESS),
    kind("Dw", "Dw", "memory.access.count", &[("op", "write")], ACCESS),
    kind("I1mr", "I1mr", "cache.miss.count", &[("cache", "I1"), ("op", "read")], ACCESS),
    kind("D1mr", "D1mr", "cache.miss.count", &[("cache", "D1"), ("op", "read")], ACCESS),
    kind("D1mw", "D1mw", "cache.miss.count", &[("cache", "D1"), ("op", "write")], ACCESS),
    kind("ILmr", "ILmr", "cache.miss.count", &[("cache", "LLi"), ("op", "read")], ACCESS),
    kind("DLmr", "DLmr", "cache.miss.count", &[("cache", "LLd"), ("op", "read")], ACCESS),
    kind("DLmw", "DLmw", "cache.miss.count", &[("cache", "LLd"), ("op", "write")], ACCESS),
    kind("ILdmr", "ILdmr", "cache.dirty_miss.count", &[("cache", "LLi"), ("op", "read")], ACCESS),
    kind("DLdmr", "DLdmr", "cache.dirty_miss.count", &[("cache", "LLd"), ("op", "read")], ACCESS),
    kind("DLdmw", "DLdmw", "cache.dirty_miss.count", &[("cache", "LLd"), ("op", "write")], ACCESS),
    kind("I1 Miss Rate", "I1MissRate", "cache.miss.ratio", &[("cache", "I1")], PERCENT),
    kind("D1 Miss Rate", "D1MissRate", "cache.miss.ratio", &[("cache", "D1")], PERCENT),
    kind("LLi Miss Rate", "LLiMissRate", "cache.miss.ratio", &[("cache", "LLi")], PERCENT),
    kind("LLd Miss Rate", "LLdMissRate", "cache.miss.ratio", &[("cache", "LLd")], PERCENT),
    kind("LL Miss Rate", "LLMissRate", "cache.miss.ratio", &[("cache", "LL")], PERCENT),
    higher(kind("L1 Hit Rate", "L1HitRate", "cache.hit.ratio", &[("cache", "L1")], PERCENT)),
    unknown(kind("LL Hit Rate", "LLHitRate", "cache.hit.ratio", &[("cache", "LL")], PERCENT)),
    kind("RAM Hit Rate", "RamHitRate", "cache.hit.ratio", &[("cache", "RAM")], PERCENT),
    kind("SysCount", "SysCount", "syscall.count", &[], Some(Printed::base("{call}"))),
    kind("SysTime", "SysTime", "syscall.time", &[], None),
    kind("SysCpuTime", "SysCpuTime", "syscall.cpu_time", &[], None),
    kind("Ge", "Ge", "bus.event.count", &[], EVENT),
    kind("Bc", "Bc", "branch.count", &[("kind", "conditional")], BRANCH),
    kind("Bcm", "Bcm", "branch.miss.count", &[("kind", "conditional")], BRANCH),
    kind("Bi", "Bi", "branch.count", &[("kind", "indirect")], BRANCH),
    kind("Bim", "Bim", "branch.miss.count", &[("kind", "indirect")], BRANCH),
    kind("AcCost1", "AcCost1", "cache.access_cost", &[("cache", "L1")], None),
    kind("AcCost2", "AcCost2", "cache.access_cost", &[("cache", "LL")], None),
    kind("SpLoss1", "SpLoss1", "cache.spatial_loss", &[("cache", "L1")], None),
    kind("SpLoss2", "SpLoss2", "cache.spatial_loss", &[("cache", "LL")], None),
    kind("Total units", "TotalUnits", "unit.count", &[], Some(Printed::base("{unit}"))),
    kind("Total events", "TotalEvents", "event.count", &[], EVENT),
    kind("Total bytes", "TotalBytes", "allocation.bytes", &[], BYTE),
    kind("Total blocks", "TotalBlocks", "allocation.count", &[], BLOCK),
    kind("At t-gmax bytes", "AtTGmaxBytes", "heap.peak.bytes", &[], BYTE),
    kind("At t-gmax blocks", "AtTGmaxBlocks", "heap.peak.blocks", &[], BLOCK),
    kind("At t-end bytes", "AtTEndBytes", "heap.end.bytes", &[], BYTE),
    kind("At t-end blocks", "AtTEndBlocks", "heap.end.blocks", &[], BLOCK),
    kind("Reads bytes", "ReadsBytes", "heap.access.bytes", &[("op", "read")], BYTE),
    kind("Writes bytes", "WritesBytes", "heap.access.bytes", &[("op", "write")], BYTE),
    unknown(kind("Total lifetimes", "TotalLifetimes", "allocation.lifetime.sum", &[], INSTRUCTION)),
    kind("Maximum bytes", "MaximumBytes", "heap.largest.bytes", &[], BYTE),
    kind("Maximum blocks", "MaximumBlocks", "heap.largest.blocks", &[], BLOCK),
    kind("Errors", "Errors", "error.count", &[], ERROR),
    kind("Contexts", "Contexts", "error.context.count", &[], ERROR),
    unknown(kind("Suppressed Errors", "SuppressedErrors", "error.suppressed.count", &[], ERROR)),
    unknown(kind("Suppressed Contexts", "SuppressedContexts", "error.suppressed.context.count", &[], ERROR)),
];

impl Kind {
    /// The one that the text calls so.
    pub(crate) fn printed(word: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.printed == word)
    }

    /// The one that the summaries call so; those of versions 1 and 2 of the schema have DHAT's by their printed name.
    pub(crate) fn key(word: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.printed == word || kind.key == word && !word.is_empty())
    }

    pub(crate) fn is_iai(&self) -> bool {
        self.key.is_empty() && self.printed.ends_with(" Accesses")
    }
}
