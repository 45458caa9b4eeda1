use prill_core::MetricSink;
use prill_core::diagnostic::code;
use prill_core::scan::{Search, number};

use crate::line::{LogLine, is_numeric};
use crate::stressor::{Stressor, is_fixed};

/// How many numbers a row has at least: `--metrics-brief` and all versions before `CPU used per instance (%)` came.
const NARROW: usize = 6;

/// A row of the table: `cpu  791  2.14  0.43  0.01  370.04  1797.23 [ 21.96 [ 6436]]`.
///
/// `None` when the line is none. `cut` is set when the text ends in the row.
pub(crate) fn row(
    line: &LogLine<'_>,
    source: Option<&'static str>,
    argv: Option<&[String]>,
    cut: &mut bool,
    out: &mut MetricSink,
) -> Option<()> {
    let words = line.words();
    let (name, numbers) = words.split_first()?;
    let shown = numbers.iter().take_while(|word| is_numeric(word)).count();
    if shown < numbers.len() || (shown < NARROW && line.ended) || shown == 0 || is_numeric(name) || name.ends_with(':') {
        return None;
    }
    if let Some(bad) = numbers.iter().find(|word| !number::is_token(word)) {
        let message = format!("`{bad}` is no number (was a decimal comma printed?): the row of {name} is not read");
        out.error(code::NOT_A_NUMBER, line.text, message);
        out.ignore(line.text, "row with something that is no number");
        return Some(());
    }
    *cut |= !line.ended;
    let at = |column: usize| numbers.get(column).copied();
    let mut labels = vec![("stressor", (*name).to_owned())];
    labels.extend(source.map(|source| ("source", source.to_owned())));
    // With --sn all but the count are in scientific notation, whose step is not fixed.
    let step = (!line.text.has("e+") && !line.text.has("e-0")).then_some(0.01);
    Stressor {
        labels,
        operations: at(0),
        wall_time: at(1),
        user_time: at(2),
        system_time: at(3),
        wall_rate: at(4),
        cpu_rate: at(5),
        cpu_used: at(6),
        rss: at(7),
        step,
        fixed: is_fixed(argv, name),
    }
    .push(out);
    numbers.iter().skip(8).for_each(|word| out.ignore(word, "column that is not known"));
    if name.bytes().any(|b| b.is_ascii_digit()) {
        out.ignore(name, "name");
    }
    Some(())
}
