//! Where memory is, and in which pages.

use super::{Machine, cpu_list};

/// Memory nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numa {
    /// The nodes that are online.
    pub nodes: Vec<usize>,
    /// The kernel moves pages to the node that uses them (`kernel.numa_balancing`).
    pub balancing: bool,
}

/// Transparent huge pages (Documentation/admin-guide/mm/transhuge.rst).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HugePages {
    /// For all memory.
    Always,
    /// For memory that asks for them.
    Madvise,
    /// For none.
    Never,
}

impl Machine {
    /// From `/sys/devices/system/node` and `/proc/sys/kernel/numa_balancing`.
    #[must_use]
    pub fn numa(&self) -> Numa {
        let nodes = self.text("sys/devices/system/node/online").unwrap_or_default();
        let balancing = self.value("proc/sys/kernel/numa_balancing").is_some_and(|mode: u32| mode > 0);
        Numa { nodes: cpu_list::parse(&nodes), balancing }
    }

    /// From `/sys/kernel/mm/transparent_hugepage/enabled`; `None` where the kernel has none.
    #[must_use]
    pub fn huge_pages(&self) -> Option<HugePages> {
        let text = self.text("sys/kernel/mm/transparent_hugepage/enabled")?;
        let (_, chosen) = text.split_once('[')?;
        match chosen.split_once(']')?.0 {
            "always" => Some(HugePages::Always),
            "madvise" => Some(HugePages::Madvise),
            "never" => Some(HugePages::Never),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::machine;
    use super::*;

    #[test]
    fn nodes_and_balancing_are_read() {
        let (_dir, machine) = machine(&[("sys/devices/system/node/online", "0-1\n"), ("proc/sys/kernel/numa_balancing", "2\n")]);
        assert_eq!(machine.numa(), Numa { nodes: vec![0, 1], balancing: true });
    }

    #[test]
    fn the_chosen_mode_is_in_brackets() {
        for (text, mode) in [
            ("[always] madvise never\n", Some(HugePages::Always)),
            ("always [madvise] never\n", Some(HugePages::Madvise)),
            ("always madvise [never]\n", Some(HugePages::Never)),
            ("always madvise never\n", None),
        ] {
            let (_dir, machine) = machine(&[("sys/kernel/mm/transparent_hugepage/enabled", text)]);
            assert_eq!(machine.huge_pages(), mode, "{text}");
        }
    }
}
