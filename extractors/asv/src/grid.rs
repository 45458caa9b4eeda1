//! The table of a benchmark with parameters: `format_text_table` of `util.py`, and `_format_benchmark_result` of `results.py`.

use prill_core::scan::Search;

/// A table in the making. Columns are counted in characters.
#[derive(Debug, Default)]
pub(crate) struct Grid<'t> {
    /// Where each column starts and ends.
    columns: Vec<(usize, usize)>,
    heads: Vec<&'t str>,
    rules: usize,
}

/// A cell: the parameters and the result.
pub(crate) type Cell<'t> = (String, &'t str);

/// `===== ========== ==========`
pub(crate) fn is_rule(line: &str) -> bool {
    line.starts_with("==") && line.chars().all(|c| c == '=' || c == ' ')
}

impl<'t> Grid<'t> {
    /// A table whose first rule has been read.
    pub(crate) fn begin() -> Self {
        Self { rules: 1, ..Self::default() }
    }

    /// Takes the next line: `None` when the table has ended, else the cells in it.
    pub(crate) fn line(&mut self, line: &'t str) -> Option<Vec<Cell<'t>>> {
        if is_rule(line.trim()) {
            self.rules += 1;
            return (self.rules < 3).then(|| self.begin_rows(line, '='));
        }
        if self.rules < 2 {
            // Below a single line of heads the rule is of dashes, and below a title of the columns it is one run.
            if self.heads.len() == 1 && is_dashes(line) && columns(line, '-').len() > 1 && !self.has_title() {
                self.rules += 1;
                return Some(self.begin_rows(line, '-'));
            }
            self.heads.push(line);
            return Some(Vec::new());
        }
        if line.trim().is_empty() {
            return None;
        }
        Some(self.row(line))
    }

    /// The first rule stands behind the progress, which is not as wide as the indent of the lines that follow: this one counts.
    fn begin_rows(&mut self, rule: &str, of: char) -> Vec<Cell<'t>> {
        self.columns = columns(rule, of);
        Vec::new()
    }

    /// Whether the first line is a title of the columns, beside those of parameters.
    fn has_title(&self) -> bool {
        self.heads.first().is_some_and(|line| line.trim_start().starts_with("-- "))
    }

    fn row(&self, line: &'t str) -> Vec<Cell<'t>> {
        let cell = |line: &'t str, i: usize| self.columns.get(i).map_or("", |(start, end)| slice(line, *start, *end));
        // With one line of heads the last column is the result, and has no head. With three, the first one is of the columns.
        let spanning = match self.heads[..] {
            [top, _, _] => Some((top, self.names())),
            _ => None,
        };
        let names = *self.heads.last().unwrap_or(&"");
        let count = spanning.map_or(self.columns.len().saturating_sub(1), |(_, rows)| rows);
        let rows: Vec<String> = (0..count).map(|i| format!("{}={}", cell(names, i), cell(line, i))).collect();
        let results = (count..self.columns.len()).map(|i| {
            let mut pairs = rows.clone();
            if let Some((top, _)) = spanning {
                let title = top.trim().trim_start_matches(['-', ' ']);
                let values = cell(names, i).parts(" / ");
                pairs.extend(title.parts(" / ").zip(values).map(|(name, value)| format!("{}={value}", name.trim())));
            }
            (pairs.join(", "), cell(line, i))
        });
        results.collect()
    }

    /// How many columns are of parameters: those under the first run of dashes.
    fn names(&self) -> usize {
        if !self.has_title() {
            return 0;
        }
        let dashes = self.heads.get(1).map_or("", |line| line);
        let end = dashes.chars().take_while(|c| *c == ' ').count();
        let end = end + dashes.chars().skip(end).take_while(|c| *c == '-').count();
        self.columns.iter().filter(|(_, column)| *column <= end).count()
    }
}

fn is_dashes(line: &str) -> bool {
    line.trim_start().starts_with("--") && line.chars().all(|c| c == '-' || c == ' ')
}

/// Where the runs of a character in a rule start and end.
fn columns(rule: &str, of: char) -> Vec<(usize, usize)> {
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (i, _) in rule.chars().enumerate().filter(|(_, c)| *c == of) {
        match columns.last_mut() {
            Some((_, end)) if *end == i => *end = i + 1,
            _ => columns.push((i, i + 1)),
        }
    }
    columns
}

/// The characters of `line` from `start` to `end`, trimmed.
fn slice(line: &str, start: usize, end: usize) -> &str {
    let place = |at: usize| line.char_indices().nth(at).map_or(line.len(), |(place, _)| place);
    let (start, end) = (place(start), place(end));
    // A line that lost a character would be cut within a number.
    let is_whole = !line[..start].ends_with(|c: char| c != ' ') && !line[end..].starts_with(|c: char| c != ' ');
    if is_whole { line[start..end].trim() } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(lines: &[&'static str]) -> Vec<Cell<'static>> {
        let mut grid = Grid::begin();
        lines.iter().map_while(|line| grid.line(line)).flatten().collect()
    }

    fn cell(parameters: &str, result: &'static str) -> Cell<'static> {
        (parameters.to_owned(), result)
    }

    #[test]
    fn parameters_are_rows_columns_or_both() {
        let rows = ["  n           ", " --- -------- ", "  1   5.0\u{b1}0s ", "  2   failed ", " === ========"];
        assert_eq!(cells(&rows), [cell("n=1", "5.0\u{b1}0s"), cell("n=2", "failed")]);
        let columns = ["   kind  ", " --------", "  a    b ", " ==== ====", "  5s   6s ", " ==== ===="];
        assert_eq!(cells(&columns), [cell("kind=a", "5s"), cell("kind=b", "6s")]);
        let both = [" --     x / y   ", " --- -----------", "  n  1 / 2 3 / 4", " === ===== =====", "  7   5s    6s  "];
        assert_eq!(cells(&both), [cell("n=7, x=1, y=2", "5s"), cell("n=7, x=3, y=4", "6s")]);
    }
}
