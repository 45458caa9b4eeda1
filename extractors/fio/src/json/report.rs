use prill_core::scan::json::{self, Document, End, ProblemKind};
use prill_core::{ExtractError, Input, MetricSink, Span};

use super::node::Node;
use super::problems;

/// Keys of the outermost object; `client_stats` stands for `jobs` with `--client`.
const KEYS: [&str; 3] = ["fio version", "jobs", "client_stats"];

/// The JSON report in a text.
pub(crate) struct Report<'t> {
    document: Document<'t>,
    offset: usize,
}

impl<'t> Report<'t> {
    /// The last whole report, or the last one; `None` when there is no JSON of fio's.
    pub(crate) fn find(input: &Input<'t>) -> Option<Self> {
        let text = input.text().as_str();
        if !KEYS.iter().any(|key| text.contains(&format!("\"{key}\""))) {
            return None;
        }
        let is_report =
            |document: &Document<'t>| document.root().is_some_and(|root| KEYS.iter().any(|key| root.get(key).is_some()));
        let document = Some(Document::read(text)).filter(is_report).or_else(|| {
            // Something else that is JSON stands behind the report.
            let key = text.rfind("\"fio version\"")?;
            let (span, _) = json::documents(text).into_iter().find(|(span, _)| span.start < key && key < span.end)?;
            Some(Document::read(&text[..span.end])).filter(is_report)
        })?;
        Some(Self { document, offset: input.text().offset() })
    }

    /// The outermost object.
    pub(super) fn root(&self) -> Option<Node<'_, 't>> {
        self.document.root().map(Node)
    }

    /// Where JSON stands, in order: the documents that do not count too.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let others = self.document.problems().iter().filter(|problem| is_other(problem.kind)).map(|problem| problem.span);
        let mut spans: Vec<Span> = self.document.span().into_iter().chain(others).collect();
        spans.sort_unstable();
        spans.iter().map(|span| Span::new(span.start + self.offset, span.end + self.offset)).collect()
    }

    /// Says what is odd about the text.
    pub(crate) fn say_problems(&self, input: &Input<'_>, out: &mut MetricSink) {
        problems::say(self.document.problems(), input, out);
    }

    /// How the document ends.
    pub(crate) fn end(&self) -> Result<(), ExtractError> {
        match self.document.end() {
            End::Whole => Ok(()),
            End::Truncated { at } => Err(ExtractError::Truncated { at: at + self.offset }),
            End::Broken { at, expected } => Err(ExtractError::Malformed { at: at + self.offset, expected: expected.to_string() }),
        }
    }
}

/// True for a document that was passed over.
pub(super) fn is_other(kind: ProblemKind) -> bool {
    matches!(kind, ProblemKind::OtherDocument | ProblemKind::OtherIncomplete | ProblemKind::Fragment)
}
