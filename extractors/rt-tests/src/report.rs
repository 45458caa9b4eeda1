//! The JSON that `rt_write_json` of `rt-utils.c` writes for each program of the rt-tests, around what the program adds.

use prill_core::diagnostic::code;
use prill_core::scan::Search;
use prill_core::scan::json::{Document, End, Kind, Node, ProblemKind};
use prill_core::{Diagnostic, ExtractError, Input, MetricSink, Span, Text};

/// The report of one program.
pub(crate) struct Report<'t>(Document<'t>);

impl<'t> Report<'t> {
    /// The report of `tool` in `text`; `None` without one.
    pub(crate) fn read(text: &'t str, tool: &str) -> Option<Self> {
        if !text.has("\"cmdline") {
            return None;
        }
        let document = Document::read(text);
        Self::names(&command(&document)?, tool).then_some(Self(document))
    }

    /// Whether `text` holds the report of another program than `tool`.
    pub(crate) fn of_another(text: &str, tool: &str) -> bool {
        command(&Document::read(text)).is_some_and(|command| !Self::names(&command, tool))
    }

    /// Whether `command`, a command line, is one of `tool`.
    pub(crate) fn names(command: &str, tool: &str) -> bool {
        command.split(' ').next().and_then(|word| word.rsplit('/').next()) == Some(tool)
    }

    /// The bytes of the text that the report stands in.
    pub(crate) fn span(&self) -> Option<Span> {
        self.0.span()
    }

    /// The member `key` of the report itself.
    pub(crate) fn get(&self, key: &str) -> Option<Node<'_, 't>> {
        self.0.root()?.get(key)
    }

    /// Says what the report says of the run, that all its numbers outside of `results` are no metrics, and what is wrong with it.
    pub(crate) fn say(&self, results: &str, input: &Input<'_>, out: &mut MetricSink) {
        if let Some(code) = self.get("return_code").and_then(|node| node.number()).filter(|n| n.value() != 0.0) {
            out.tool_failed(code.text(), format!("the report says that the program ended with {}", code.text()));
        }
        let others = self.0.root().into_iter().flat_map(Node::members).filter(|(key, _)| key != results);
        others.for_each(|(_, node)| out.ignore(node.text(), "setting"));
        self.say_problems(input, out);
    }

    fn say_problems(&self, input: &Input<'_>, out: &mut MetricSink) {
        for problem in self.0.problems().iter() {
            let (code, message) = match problem.kind {
                ProblemKind::DuplicateKey { .. } => (code::DUPLICATE_KEY, "the key stands twice in its object: the last counts"),
                ProblemKind::OtherDocument | ProblemKind::OtherIncomplete | ProblemKind::Fragment => {
                    (code::SEVERAL_DOCUMENTS, "another document, which does not count")
                }
                ProblemKind::NotFinite | ProblemKind::TooLarge => (code::NOT_FINITE, "no finite number"),
                ProblemKind::TrailingComma | ProblemKind::UnescapedQuote => (code::LENIENT_JSON, "not quite JSON"),
                _ => continue,
            };
            let offset = input.text().offset();
            let span = Span::new(problem.span.start + offset, problem.span.end + offset);
            out.diagnose(Diagnostic::warning(code, message).at(input.stream(), span));
        }
    }

    /// Where the report breaks off, as an error.
    pub(crate) fn broken(&self, text: &Text<'_>) -> Option<ExtractError> {
        match self.0.end() {
            End::Whole => None,
            End::Truncated { at } => Some(ExtractError::Truncated { at: at + text.offset() }),
            End::Broken { at, expected } => {
                Some(ExtractError::Malformed { at: at + text.offset(), expected: expected.to_string() })
            }
        }
    }
}

/// The command line in a report.
fn command(document: &Document<'_>) -> Option<String> {
    let root = document.root()?;
    // The key is misspelt upstream, and may be put right one day.
    root.get("cmdline:").or_else(|| root.get("cmdline"))?.as_str().map(std::borrow::Cow::into_owned)
}

/// The number that `node` is; `-nan` too, which a program prints for the mean of nothing.
pub(crate) fn token<'t>(node: Node<'_, 't>) -> Option<&'t str> {
    matches!(node.kind(), Kind::Number | Kind::NotFinite).then(|| node.text())
}
