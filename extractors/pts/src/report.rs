use prill_core::scan::{Line, Search, number};
use prill_core::{MetricSink, Polarity};

use crate::scale::{Meaning, Metrics};

/// What `result-file-to-text` prints (`pts_result_file_output.php`, `test_result_to_text`): a title, perhaps a description, the
/// scale, and a row for each system.
#[derive(Debug, Default)]
pub(crate) struct Report<'t> {
    /// The lines since the last empty one: the title, and the description.
    above: [Option<&'t str>; 2],
    /// The scale, and what the rows below it mean.
    scale: Option<(&'t str, Meaning)>,
    metrics: Metrics,
}

impl<'t> Report<'t> {
    /// True for a line of a report.
    pub(crate) fn line(&mut self, line: Line<'t>, out: &mut MetricSink) -> bool {
        let text = line.trimmed();
        if text.is_empty() {
            (self.above, self.scale) = Default::default();
            return false;
        }
        if let Some((scale, direction)) = direction(text).filter(|_| line.ended) {
            let meaning = Meaning::of(scale, Some(direction));
            meaning.say(scale, out);
            self.scale = Some((scale, meaning));
            return true;
        }
        let Some((scale, meaning)) = self.scale else {
            self.above = [self.above[0].or(Some(text)), self.above[0].and(Some(text))];
            out.ignore(text, "title, or system");
            return false;
        };
        let Some((system, token)) = row(text).filter(|_| line.ended) else { return true };
        out.ignore(system, "label");
        let scale = meaning.printed.is_none().then_some(scale);
        let labels = [("result", self.above[1]), ("scale", scale), ("system", Some(system)), ("test", self.above[0])];
        let labels = out.labels(labels.into_iter().filter_map(|(key, value)| Some((key, value?))));
        self.metrics.push((meaning, ""), labels, token, out);
        true
    }
}

/// `Frames Per Second > Higher Is Better`
pub(crate) fn direction(text: &str) -> Option<(&str, Polarity)> {
    let ends = [(" > Higher Is Better", Polarity::Higher), (" < Lower Is Better", Polarity::Lower)];
    ends.into_iter().find_map(|(end, polarity)| Some((text.strip_suffix(end)?, polarity)))
}

/// `EPYC 7601 .... 431.7 |==========`
fn row(text: &str) -> Option<(&str, &str)> {
    let text = text.before(" |").trim_end();
    let (system, value) = text.rsplit_once(' ')?;
    number::is_token(value).then(|| (system.trim_end_matches(['.', ' ']), value)).filter(|(system, _)| !system.is_empty())
}
