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

/// The name of the crate in a header: `divan_b        fastest       │ slowest       │ ...`
pub(crate) fn root(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(" fastest ")?;
    let mut cells = rest.split('│').map(str::trim);
    let titles = ["", "slowest", "median", "mean", "samples", "iters"];
    titles.into_iter().all(|title| cells.next() == Some(title)).then(|| name.trim())
}

impl<'t> Row<'t> {
    /// `None` for a line that is none of the tree.
    pub(crate) fn parse(line: &'t str) -> Option<Self> {
        let mut parts: Vec<&str> = line.rsplitn(COLUMNS, '│').collect();
        parts.reverse();
        // The bars of a deep branch are no columns.
        let is_table = parts.len() == COLUMNS && !parts[1..].iter().any(|part| part.contains(['├', '╰']));
        let head = if is_table { parts[0] } else { line };
        let branch = head.find("├─ ").or_else(|| head.find("╰─ ").filter(|at| is_prefix(&head[..*at])));
        let node = branch.filter(|at| is_prefix(&head[..*at]));
        if node.is_none() && !is_table {
            return None;
        }
        let rest = node.map_or(head, |at| &head[at + "├─ ".len()..]).trim_end();
        let (name, first) = split(rest, node.is_some());
        let mut cells = [""; COLUMNS];
        if is_table {
            parts[1..].iter().zip(&mut cells[1..]).for_each(|(part, cell)| *cell = part.trim());
            cells[0] = first;
        }
        let column = node.map(|at| head[..at].chars().count());
        Some(Self { node: column.map(|column| (column, name)), cells })
    }
}

/// Whether `text` is what stands before a branch: bars and blanks.
fn is_prefix(text: &str) -> bool {
    text.chars().all(|c| c == '│' || c == ' ')
}

/// The name of a node and the cell beside it, with two blanks or more between them. A cell has none in it.
fn split(text: &str, has_name: bool) -> (&str, &str) {
    match text.rfind("  ") {
        Some(at) => (text[..at].trim_end(), &text[at + 2..]),
        None if has_name => (text, &text[text.len()..]),
        None => (&text[..0], text.trim()),
    }
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
