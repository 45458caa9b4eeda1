//! The kernel's lists of CPUs and nodes.

/// The numbers of a list such as `0-3,8` (`bitmap_print_to_pagebuf`, lib/bitmap-str.c of Linux 6.12). What is no list, as the
/// ` (null)` of `nohz_full` on kernels that have none set, is an empty one.
pub(super) fn parse(text: &str) -> Vec<usize> {
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
        (from <= to && to < MOST).then_some(from..=to)
    };
    let ranges: Option<Vec<_>> = text.trim().split(',').map(range).collect();
    ranges.unwrap_or_default().into_iter().flatten().collect()
}

/// More than any kernel has (`NR_CPUS` is at most 8192, arch/x86/Kconfig of Linux 6.12).
const MOST: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_numbers_and_ranges() {
        assert_eq!(parse("0-2,8\n"), [0, 1, 2, 8]);
        for none in ["", " (null)", "3-1", "0-99999999999"] {
            assert!(parse(none).is_empty(), "{none}");
        }
    }
}
