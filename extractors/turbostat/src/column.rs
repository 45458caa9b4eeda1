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
    ("Pkg_W", value("package.power", WATT)),
    ("Cor_W", value("core.power", WATT)),
    ("GFX_W", value("gpu.power", WATT)),
    ("RAM_W", value("dram.power", WATT)),
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
    ("GFX%rc6", value("gpu.rc6.residency", unit::PERCENT)),
    ("GFXMHz", value("gpu.frequency", MHZ)),
    ("GFXAMHz", value("gpu.actual.frequency", MHZ)),
    ("SAM%mc6", value("media.mc6.residency", unit::PERCENT)),
    ("SAMMHz", value("media.frequency", MHZ)),
    ("SAMAMHz", value("media.actual.frequency", MHZ)),
    ("UncMHz", value("uncore.frequency", MHZ)),
    // Of all cores together, so that it may be more than one.
    ("Totl%C0", value("core.c0.share.sum", unit::PERCENT)),
    ("Any%C0", value("core.c0.any.share", unit::PERCENT)),
    ("GFX%C0", value("gpu.c0.share", unit::PERCENT)),
    ("CPUGFX%", value("core.gpu.c0.share", unit::PERCENT)),
    ("CPU%LPI", value("cpu.lpi.residency", unit::PERCENT)),
    ("SYS%LPI", value("system.lpi.residency", unit::PERCENT)),
    ("PkgWatt", value("package.power", WATT)),
    ("CorWatt", value("core.power", WATT)),
    ("GFXWatt", value("gpu.power", WATT)),
    ("RAMWatt", value("dram.power", WATT)),
    ("SysWatt", value("system.power", WATT)),
    ("Pkg_J", value("package.energy", JOULE)),
    ("Cor_J", value("core.energy", JOULE)),
    ("GFX_J", value("gpu.energy", JOULE)),
    ("RAM_J", value("dram.energy", JOULE)),
    ("Sys_J", value("system.energy", JOULE)),
    ("PKG_%", value("package.limited.share", unit::PERCENT)),
    ("RAM_%", value("dram.limited.share", unit::PERCENT)),
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
    let known = |states: &[(&str, &'static str)]| states.iter().find(|(known, _)| *known == state).map(|(_, metric)| *metric);
    let metric = match what {
        "CPU" | "CPU_" => known(CPU)?,
        "Mod" if state == "c6" => "module.c6.residency",
        "Die" if state == "c6" => "die.c6.residency",
        "Pkg" | "Pk" | "Pkg_" => known(PACKAGE)?,
        // Until Linux 3.14.
        "" => known(PACKAGE).or_else(|| known(CPU))?,
        _ => return None,
    };
    Some(value(metric, unit::PERCENT))
}

const CPU: &[(&str, &str)] = &[
    ("c1", "cpu.c1.residency"),
    ("c2", "cpu.c2.residency"),
    ("c3", "cpu.c3.residency"),
    ("c6", "cpu.c6.residency"),
    ("c7", "cpu.c7.residency"),
];

const PACKAGE: &[(&str, &str)] = &[
    ("pc2", "package.pc2.residency"),
    ("pc3", "package.pc3.residency"),
    ("pc4", "package.pc4.residency"),
    ("pc6", "package.pc6.residency"),
    ("pc7", "package.pc7.residency"),
    ("pc8", "package.pc8.residency"),
    ("pc9", "package.pc9.residency"),
    ("pc10", "package.pc10.residency"),
];

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

const fn value(metric: &'static str, printed: Printed) -> Column<'static> {
    Column::Value(metric, ("", ""), printed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_out_of_the_name() {
        for (name, metric, state) in [
            ("C1E", "idle.count", "C1E"),
            ("C6%", "idle.share", "C6"),
            ("C1+", "idle.above.count", "C1"),
            ("POLL-", "idle.below.count", "POLL"),
        ] {
            let Column::Value(found, label, _) = column(name) else { panic!("{name}") };
            assert_eq!((found, label), (metric, ("state", state)), "{name}");
        }
        assert_eq!(column("Pk%pc10"), value("package.pc10.residency", unit::PERCENT));
        assert_eq!(column("%c6"), value("cpu.c6.residency", unit::PERCENT));
        for name in ["Cache", "MSR 0x010", "CPU%x", "C6%%"] {
            assert_eq!(column(name), Column::Counter(name));
        }
    }
}
