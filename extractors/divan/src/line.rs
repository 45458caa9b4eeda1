use prill_core::scan::Search;

/// The columns beside the tree: fastest, slowest, median, mean, samples, iters.
pub(crate) const COLUMNS: usize = 6;

/// A line of the tree. All parts are slices of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row<'t> {
    /// The column that the branch begins in, and its name.
    pub(crate) node: Option<(usize, &'t str)>,
    /// What stands in the columns; empty without a table.
    pub(crate) cells: [&'t str; COLUMNS],
}

const BAR: &str = "│";

/// The name of the crate in a header: `divan_b        fastest       │ slowest       │ ...`
pub(crate) fn root(line: &str) -> Option<&str> {
    // Lines of the tree start with a branch, a bar or a blank.
    if matches!(line.as_bytes().first(), None | Some(b' ' | 0xe2)) {
        return None;
    }
    let (name, rest) = line.cut(" fastest ")?;
    let mut cells = rest.split('│').map(str::trim);
    let titles = ["", "slowest", "median", "mean", "samples", "iters"];
    titles.into_iter().all(|title| cells.next() == Some(title)).then(|| name.trim())
}

impl<'t> Row<'t> {
    /// `None` for a line that is none of the tree.
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let bars = bars(line);
        // The bars of a deep branch are no columns.
        let bars = bars.filter(|bars| !has_branch(&line[bars[0]..]));
        let head = bars.map_or(line, |bars| &line[..bars[0]]);
        let (before, rest) = head.split_at(prefix(head));
        let named = ["├─ ", "╰─ "].into_iter().find_map(|branch| rest.strip_prefix(branch));
        if named.is_none() && bars.is_none() {
            return None;
        }
        let (name, first) = split(named.unwrap_or(head).trim_ascii_end(), named.is_some());
        let mut cells = [""; COLUMNS];
        if let Some(bars) = bars {
            cells[0] = first;
            for (at, bar) in bars.into_iter().enumerate() {
                let end = bars.get(at + 1).copied().unwrap_or(line.len());
                cells[at + 1] = line[bar + BAR.len()..end].trim_ascii();
            }
        }
        let column = named.map(|_| before.chars().count());
        Some(Self { node: column.map(|column| (column, name)), cells })
    }
}

/// Where the last bars stand, as many as there are between the columns.
#[inline]
fn bars(line: &str) -> Option<[usize; COLUMNS - 1]> {
    let bytes = line.as_bytes();
    let mut found = [0; COLUMNS - 1];
    let mut end = bytes.len();
    for bar in found.iter_mut().rev() {
        *bar = loop {
            let at = memchr::memrchr(0x82, &bytes[..end])?;
            end = at;
            if bytes[..=at].ends_with(BAR.as_bytes()) {
                break at + 1 - BAR.len();
            }
        };
    }
    Some(found)
}

/// Whether there is a branch of the tree in it.
fn has_branch(text: &str) -> bool {
    let last = |byte| memchr::memchr(byte, text.as_bytes()).is_some();
    last(0x9c) && text.contains('├') || last(0xb0) && text.contains('╰')
}

/// The length of what stands before a branch: bars and blanks.
#[inline]
fn prefix(text: &str) -> usize {
    let (bytes, mut at) = (text.as_bytes(), 0);
    loop {
        at += match bytes.get(at) {
            Some(b' ') => 1,
            Some(0xe2) if bytes[at..].starts_with(BAR.as_bytes()) => BAR.len(),
            _ => return at,
        };
    }
}

/// The name of a node and the cell beside it, with two blanks or more between them. A cell has none in it.
fn split(text: &str, has_name: bool) -> (&str, &str) {
    let mut end = text.len();
    while let Some(at) = memchr::memrchr(b' ', &text.as_bytes()[..end]) {
        if at > 0 && text.as_bytes()[at - 1] == b' ' {
            return (text[..at].trim_ascii_end(), &text[at + 1..]);
        }
        end = at;
    }
    if has_name { (text, &text[text.len()..]) } else { (&text[..0], text.trim_ascii()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_node_and_its_cells() {
        let row = |line| Row::parse(line).map(|r| (r.node, r.cells));
        assert_eq!(
            row("│  ├─ a b      29.73 ns      │ 11.37 µs      │ 29 ns │ 600.1 ns      │ 20      │ 40"),
            Some((Some((3, "a b")), ["29.73 ns", "11.37 µs", "29 ns", "600.1 ns", "20", "40"]))
        );
        assert_eq!(row("╰─ group       │    │   │   │  │"), Some((Some((0, "group")), ["", "", "", "", "", ""])));
        assert_eq!(
            row("│  │           5.031 GB/s    │ 1.865 GB/s    │ 4 B/s │ 3.704 GB/s    │         │"),
            Some((None, ["5.031 GB/s", "1.865 GB/s", "4 B/s", "3.704 GB/s", "", ""]))
        );
        assert_eq!(row("│  │  │  │  │  │  ├─ deep"), Some((Some((18, "deep")), [""; 6])));
        assert_eq!(row("some text"), None);
        assert_eq!(root("divan_b        fastest       │ slowest  │ median  │ mean │ samples │ iters"), Some("divan_b"));
    }
}
