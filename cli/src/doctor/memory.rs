//! Where memory is, and in which pages.

use prill_core::process::machine::{HugePages, Numa};

use super::finding::Finding;

pub(super) fn all(numa: &Numa, huge_pages: Option<HugePages>) -> [Finding; 2] {
    [nodes(numa), pages(huge_pages)]
}

fn nodes(numa: &Numa) -> Finding {
    const FACT: &str = "NUMA nodes";
    match (numa.nodes.len(), numa.balancing) {
        (0 | 1, _) => Finding::ok(FACT, "1", "all memory is equally far away"),
        (count, true) => Finding::note(
            FACT,
            format!("{count}, balanced"),
            "memory is nearer or farther from run to run, and the kernel moves it meanwhile",
        )
        .remedy("sysctl kernel.numa_balancing=0, and prill run -- numactl --cpunodebind=0 --membind=0 CMD"),
        (count, false) => Finding::note(FACT, count.to_string(), "memory is nearer or farther from run to run")
            .remedy("prill run -- numactl --cpunodebind=0 --membind=0 CMD"),
    }
}

fn pages(mode: Option<HugePages>) -> Finding {
    const FACT: &str = "huge pages";
    match mode {
        Some(HugePages::Always) => {
            Finding::note(FACT, "always", "pages become huge when the kernel finds room: it differs from run to run")
                .remedy("echo madvise > /sys/kernel/mm/transparent_hugepage/enabled   (as root)")
        }
        Some(HugePages::Madvise) => Finding::ok(FACT, "madvise", "pages are huge for programs that ask for them"),
        Some(HugePages::Never) => Finding::ok(FACT, "never", "no page becomes huge by itself"),
        None => Finding::ok(FACT, "none", "the kernel has no transparent huge pages"),
    }
}
