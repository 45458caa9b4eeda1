//! The CPUs and what they share.

use super::{Machine, cpu_list};

/// The CPUs of a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cpus {
    /// Those that run.
    pub online: Vec<usize>,
    /// Those that the scheduler leaves alone (`isolcpus=`).
    pub isolated: Vec<usize>,
    /// Those without a tick while they run one task (`nohz_full=`).
    pub nohz_full: Vec<usize>,
    /// The model's name, where the architecture's `/proc/cpuinfo` has one.
    pub model: Option<String>,
    /// The revision of the microcode.
    pub microcode: Option<String>,
    /// Whether they run two threads on one core.
    pub smt: Smt,
    /// The kernel runs in a virtual machine, as far as its CPUs say so.
    pub virtual_machine: bool,
}

/// Simultaneous multithreading (Documentation/ABI/testing/sysfs-devices-system-cpu).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smt {
    /// Two or more threads share a core.
    Active,
    /// Each core runs one thread.
    Inactive,
    /// The kernel does not say.
    Unknown,
}

impl Machine {
    /// From `/sys/devices/system/cpu` and `/proc/cpuinfo`.
    #[must_use]
    pub fn cpus(&self) -> Cpus {
        let list = |name: &str| {
            let text = self.text(format!("sys/devices/system/cpu/{name}"));
            cpu_list::parse(&text.unwrap_or_default())
        };
        let cpuinfo = self.text("proc/cpuinfo").unwrap_or_default();
        Cpus {
            model: field(&cpuinfo, "model name").map(str::to_owned),
            microcode: field(&cpuinfo, "microcode").map(str::to_owned),
            online: list("online"),
            isolated: list("isolated"),
            nohz_full: list("nohz_full"),
            smt: match self.value("sys/devices/system/cpu/smt/active") {
                Some(1u8) => Smt::Active,
                Some(_) => Smt::Inactive,
                None => Smt::Unknown,
            },
            virtual_machine: is_virtual(&cpuinfo) || self.text("sys/hypervisor/type").is_some(),
        }
    }
}

/// The flag `hypervisor` is x86's (CPUID leaf 1); other architectures have none.
fn is_virtual(cpuinfo: &str) -> bool {
    field(cpuinfo, "flags").is_some_and(|flags| flags.split_whitespace().any(|flag| flag == "hypervisor"))
}

/// What the first CPU says of itself under `key`.
fn field<'a>(cpuinfo: &'a str, key: &str) -> Option<&'a str> {
    let fields = cpuinfo.lines().filter_map(|line| line.split_once(':'));
    fields.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| *name == key).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn cpus_are_counted_and_told_apart() {
        let (_dir, machine) = machine(&[
            ("sys/devices/system/cpu/online", "0-7\n"),
            ("sys/devices/system/cpu/isolated", "2-3\n"),
            ("sys/devices/system/cpu/nohz_full", " (null)\n"),
            ("sys/devices/system/cpu/smt/active", "1\n"),
            (
                "proc/cpuinfo",
                "processor\t: 0\nmodel name\t: Fast 9000: turbo\nmicrocode\t: 0x1f\nflags\t\t: fpu hypervisor lahf_lm\n",
            ),
        ]);
        let cpus = machine.cpus();
        assert_eq!((cpus.online.len(), cpus.isolated, cpus.nohz_full.len()), (8, vec![2, 3], 0));
        assert!(cpus.smt == Smt::Active && cpus.virtual_machine);
        assert_eq!((cpus.model.as_deref(), cpus.microcode.as_deref()), (Some("Fast 9000: turbo"), Some("0x1f")));
    }

    #[test]
    fn what_is_not_said_is_unknown() {
        let (_dir, machine) = machine(&[("proc/cpuinfo", "flags\t\t: fpu\n")]);
        let cpus = machine.cpus();
        assert!(cpus.online.is_empty() && cpus.smt == Smt::Unknown && !cpus.virtual_machine);
    }
}
