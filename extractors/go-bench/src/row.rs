use prill_core::scan::number;

/// The line of one benchmark: `BenchmarkConcat-2   608085   278.3 ns/op   64 B/op   9 allocs/op`.
///
/// All parts are slices of the text.
#[derive(Clone, Debug)]
pub(crate) struct Row<'t> {
    /// With the number of processors behind it, when that is not 1.
    pub(crate) name: &'t str,
    pub(crate) package: Option<&'t str>,
    pub(crate) iterations: &'t str,
    /// Numbers and their units.
    pub(crate) values: Vec<(&'t str, &'t str)>,
}

impl<'t> Row<'t> {
    /// The row of the benchmark `name`, of which `words` is the rest. `None` when it is none; a pair without its end is left out.
    pub(crate) fn parse(name: &'t str, words: &[&'t str], package: Option<&'t str>) -> Option<Self> {
        let (iterations, rest) = words.split_first()?;
        if iterations.is_empty() || !iterations.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let pairs = rest.chunks_exact(2).take(MOST).map(|pair| (pair[0], pair[1]));
        let values: Vec<_> = pairs.take_while(|(value, _)| is_value(value)).collect();
        if values.is_empty() {
            return None;
        }
        Some(Self { name, package, iterations, values })
    }
}

/// No benchmark reports more metrics; each is compared with those before it.
const MOST: usize = 64;

/// A number, or what Go prints for none.
fn is_value(word: &str) -> bool {
    number::is_token(word) || ["NaN", "+Inf", "-Inf"].contains(&word)
}

/// Whether `word` is the name of a benchmark, by the rule of `isTest` in `cmd/go/internal/load/test.go`.
pub(crate) fn is_name(word: &str) -> bool {
    word.strip_prefix("Benchmark").is_some_and(|rest| !rest.starts_with(char::is_lowercase))
}
