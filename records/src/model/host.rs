//! Where something was measured.

use prill_core::process::machine::{Frequency, HugePages, Load, Machine, Smt, Steal};
use serde::{Deserialize, Serialize};

/// A host, as far as it may change what is measured on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Host {
    /// Its name on the network.
    pub name: Option<String>,
    /// Its kernel.
    pub kernel: Kernel,
    /// Its CPUs.
    pub cpu: Cpu,
    /// Its memory.
    pub memory: Memory,
}

/// A kernel, and this boot of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kernel {
    /// `uname -r`.
    pub release: Option<String>,
    /// `uname -v`.
    pub version: Option<String>,
    /// What it was told at boot.
    pub command_line: Option<String>,
    /// Another one after every boot.
    pub boot_id: Option<String>,
}

/// CPUs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cpu {
    /// The model's name.
    pub model: Option<String>,
    /// The revision of the microcode.
    pub microcode: Option<String>,
    /// How many are online.
    pub online: usize,
    /// Those that the scheduler leaves alone.
    pub isolated: Vec<usize>,
    /// Whether two threads share a core.
    pub smt: Option<bool>,
    /// Who chooses the clock, each governor of any CPU once.
    pub governors: Vec<String>,
    /// Whether clocks above the nominal one are allowed.
    pub turbo: Option<bool>,
    /// The faults that something is done against.
    pub mitigated: Vec<String>,
    /// Those that nothing, or not enough, is done against.
    pub vulnerable: Vec<String>,
    /// Whether they are those of a virtual machine, as far as they say so.
    pub virtual_machine: bool,
}

/// Memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// For which memory transparent huge pages are: `always`, `madvise`, `never`.
    pub huge_pages: Option<String>,
    /// The NUMA nodes that are online.
    pub numa_nodes: Vec<usize>,
    /// Whether the kernel moves pages to the node that uses them.
    pub numa_balancing: bool,
}

/// What a host did beside the measurement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noise {
    /// Tasks that ran or waited before, over one, five and fifteen minutes.
    pub load_before: Option<[f64; 3]>,
    /// The same after.
    pub load_after: Option<[f64; 3]>,
    /// The share of the time in between that a hypervisor gave to others, of 1.
    pub steal: Option<f64>,
}

impl Host {
    /// What `machine` says of itself.
    #[must_use]
    pub fn of(machine: &Machine) -> Self {
        let (kernel, cpus, numa, mitigations) = (machine.kernel(), machine.cpus(), machine.numa(), machine.mitigations());
        let Frequency { governors, boost, .. } = machine.frequency();
        Self {
            name: machine.host_name(),
            kernel: Kernel {
                release: kernel.release,
                version: kernel.version,
                command_line: kernel.command_line,
                boot_id: kernel.boot_id,
            },
            cpu: Cpu {
                model: cpus.model,
                microcode: cpus.microcode,
                online: cpus.online.len(),
                isolated: cpus.isolated,
                smt: match cpus.smt {
                    Smt::Active => Some(true),
                    Smt::Inactive => Some(false),
                    Smt::Unknown => None,
                },
                governors: governors.into_iter().collect(),
                turbo: boost,
                mitigated: mitigations.mitigated,
                vulnerable: mitigations.vulnerable,
                virtual_machine: cpus.virtual_machine,
            },
            memory: Memory {
                huge_pages: machine.huge_pages().map(|mode| word(mode).to_owned()),
                numa_nodes: numa.nodes,
                numa_balancing: numa.balancing,
            },
        }
    }
}

fn word(mode: HugePages) -> &'static str {
    match mode {
        HugePages::Always => "always",
        HugePages::Madvise => "madvise",
        HugePages::Never => "never",
    }
}

/// What has to be remembered of the beginning to say how noisy it was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    load: Option<Load>,
    steal: Option<Steal>,
}

impl Before {
    pub(crate) fn of(machine: &Machine) -> Self {
        Self { load: machine.load(), steal: machine.steal() }
    }

    /// What is known before the end.
    pub(crate) fn noise(self) -> Noise {
        Noise { load_before: self.load.map(|load| load.0), ..Noise::default() }
    }

    pub(crate) fn noise_until_now(self, machine: &Machine) -> Noise {
        let steal = self.steal.zip(machine.steal()).map(|(before, now)| now.share_since(before));
        Noise { load_after: machine.load().map(|load| load.0), steal, ..self.noise() }
    }
}
