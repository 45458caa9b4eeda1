//! What a column measures. Names and meanings are those of turbostat(8) and of the `bic` list in `turbostat.c`.

use prill_core::Printed;
use prill_core::scan::unit;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column<'t> {
    /// Which processor a row is about: the value of this label.
    Key(&'static str),
    /// A metric, with a label of its own where the key of it is not empty.
    Value(&'static str, (&'static str, &'t str), Printed),
    /// What `--add` defines, or a version that is not known: its unit is known to nobody.
    Counter(&'t str),
    /// No metric, and why.
    Other(&'static str),
}

const MHZ: Printed = unit::HERTZ.shift(6);
const WATT: Printed = Printed::base("W");
const JOULE: Printed = Printed::base("J");
const CELSIUS: Printed = Printed::base("Cel");
const INTERRUPT: Printed = Printed::base("{interrupt}");
const ENTRY: Printed = Printed::base("{entry}");

/// The columns that are always called the same.
const FIXED: &[(&str, Column<'static>)] = &[
    ("Package", Column::Key("package")),
    ("Die", Column::Key("die")),
    ("Node", Column::Key("node")),
    ("L3", Column::Key("cache")),
    ("Core", Column::Key("core")),
    ("CPU", Column::Key("cpu")),
    // Until Linux 3.14.
    ("pk", Column::Key("package")),
    ("cor", Column::Key("core")),
    ("%c0", value("cpu.utilization", unit::PERCENT)),
    ("GHz", value("cpu.busy.frequency.mean", unit::HERTZ.shift(9))),
    ("TSC", value("tsc.frequency", unit::HERTZ.shift(9))),
    ("CTMP", value("core.temperature", CELSIUS)),
    ("PTMP", value("package.temperature", CELSIUS)),
    ("Pkg_W", labelled("power", ("domain", "package"), WATT)),
    ("Cor_W", labelled("power", ("domain", "core"), WATT)),
    ("GFX_W", labelled("power", ("domain", "gpu"), WATT)),
    ("RAM_W", labelled("power", ("domain", "dram"), WATT)),
    ("APIC", Column::Other("the number of the processor in hardware")),
    ("X2APIC", Column::Other("the number of the processor in hardware")),
    ("Time_Of_Day_Seconds", Column::Other("date")),
    ("usec", Column::Other("how long it took to collect the row")),
    ("Avg_MHz", value("cpu.frequency.mean", MHZ)),
    ("Busy%", value("cpu.utilization", unit::PERCENT)),
    ("%Busy", value("cpu.utilization", unit::PERCENT)),
    ("Bzy_MHz", value("cpu.busy.frequency.mean", MHZ)),
    ("TSC_MHz", value("tsc.frequency", MHZ)),
    ("IPC", value("instruction.per_cycle", unit::RATIO)),
    ("IRQ", value("interrupt.count", INTERRUPT)),
    ("NMI", value("nmi.count", INTERRUPT)),
    ("SMI", value("smi.count", INTERRUPT)),
    ("LLCkRPS", value("llc.reference.rate", Printed::base("{reference}/s").shift(3))),
    ("LLC%hit", value("llc.hit.share", unit::PERCENT)),
    ("CoreTmp", value("core.temperature", CELSIUS)),
    ("CoreThr", value("core.throttle.count", Printed::base("{throttle}"))),
    ("PkgTmp", value("package.temperature", CELSIUS)),
    ("GFX%rc6", labelled("gpu.residency", ("state", "rc6"), unit::PERCENT)),
    ("GFXMHz", value("gpu.frequency", MHZ)),
    ("GFXAMHz", value("gpu.actual.frequency", MHZ)),
    ("SAM%mc6", labelled("media.residency", ("state", "mc6"), unit::PERCENT)),
    ("SAMMHz", value("media.frequency", MHZ)),
    ("SAMAMHz", value("media.actual.frequency", MHZ)),
    ("UncMHz", value("uncore.frequency", MHZ)),
    // Of all cores together, so that it may be more than one.
    ("Totl%C0", value("core.c0.share.sum", unit::PERCENT)),
    ("Any%C0", value("core.c0.any.share", unit::PERCENT)),
    ("GFX%C0", value("gpu.c0.share", unit::PERCENT)),
    ("CPUGFX%", value("core.gpu.c0.share", unit::PERCENT)),
    ("CPU%LPI", labelled("cpu.residency", ("state", "lpi"), unit::PERCENT)),
    ("SYS%LPI", labelled("system.residency", ("state", "lpi"), unit::PERCENT)),
    ("PkgWatt", labelled("power", ("domain", "package"), WATT)),
    ("CorWatt", labelled("power", ("domain", "core"), WATT)),
    ("GFXWatt", labelled("power", ("domain", "gpu"), WATT)),
    ("RAMWatt", labelled("power", ("domain", "dram"), WATT)),
    ("SysWatt", labelled("power", ("domain", "system"), WATT)),
    ("Pkg_J", labelled("energy", ("domain", "package"), JOULE)),
    ("Cor_J", labelled("energy", ("domain", "core"), JOULE)),
    ("GFX_J", labelled("energy", ("domain", "gpu"), JOULE)),
    ("RAM_J", labelled("energy", ("domain", "dram"), JOULE)),
    ("Sys_J", labelled("energy", ("domain", "system"), JOULE)),
    ("PKG_%", labelled("power.limited.share", ("domain", "package"), unit::PERCENT)),
    ("RAM_%", labelled("power.limited.share", ("domain", "dram"), unit::PERCENT)),
];

/// What the column called `name` holds.
pub(crate) fn column(name: &str) -> Column<'_> {
    if let Some((_, column)) = FIXED.iter().find(|(known, _)| *known == name) {
        return *column;
    }
    residency(name).or_else(|| idle(name)).unwrap_or(Column::Counter(name))
}

/// `CPU%c6`, `Mod%c6`, `Pkg%pc2`, `Pk%pc10`: the share of time in a state, as the hardware counts it.
fn residency(name: &str) -> Option<Column<'_>> {
    let (what, state) = name.split_once('%')?;
    let metric = match what {
        "CPU" | "CPU_" => "cpu.residency",
        "Mod" => "module.residency",
        "Die" => "die.residency",
        "Pkg" | "Pk" | "Pkg_" => "package.residency",
        "" if state.starts_with('p') => "package.residency",
        "" => "cpu.residency",
        _ => return None,
    };
    let known = state.trim_start_matches('p').strip_prefix('c').is_some_and(is_number);
    known.then_some(Column::Value(metric, ("state", state), unit::PERCENT))
}

/// `POLL`, `C1E`, `C6`: how often an idle state was entered, as the kernel asks for it; `C6%`: the share of time; `C6+` and `C6-`: how
/// often a deeper or a shallower one would have been better.
fn idle(name: &str) -> Option<Column<'_>> {
    let last = name.chars().last()?;
    let state = name.trim_end_matches(['%', '+', '-']);
    let known = state == "POLL" || state.strip_prefix('C').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if !known || name.len() > state.len() + 1 {
        return None;
    }
    let (metric, printed) = match last {
        '%' => ("idle.share", unit::PERCENT),
        '+' => ("idle.above.count", ENTRY),
        '-' => ("idle.below.count", ENTRY),
        _ => ("idle.count", ENTRY),
    };
    Some(Column::Value(metric, ("state", state), printed))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

const fn value(metric: &'static str, printed: Printed) -> Column<'static> {
    Column::Value(metric, ("", ""), printed)
}

const fn labelled(metric: &'static str, label: (&'static str, &'static str), printed: Printed) -> Column<'static> {
    Column::Value(metric, label, printed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_out_of_the_name() {
        for (name, metric, state) in [
            ("CPU%c6", "cpu.residency", "c6"),
            ("Pk%pc10", "package.residency", "pc10"),
            ("%c6", "cpu.residency", "c6"),
            ("%pc3", "package.residency", "pc3"),
            ("C1E", "idle.count", "C1E"),
            ("C6%", "idle.share", "C6"),
            ("C1+", "idle.above.count", "C1"),
            ("POLL-", "idle.below.count", "POLL"),
        ] {
            let Column::Value(found, label, _) = column(name) else { panic!("{name}") };
            assert_eq!((found, label), (metric, ("state", state)), "{name}");
        }
        for name in ["Cache", "MSR 0x010", "CPU%x", "C6%%"] {
            assert_eq!(column(name), Column::Counter(name));
        }
    }
}
