//! What [`prill_scan::json`] says of a text, in the words of diagnostics and errors.

use prill_scan::Span;
use prill_scan::json::{End, Problem, ProblemKind, Problems};

use super::{ExtractError, Input, MetricSink};
use crate::diagnostic::{Diagnostic, code};

/// Reports `problems`, which the JSON reader met in the text of `input`.
pub fn say_json(problems: &Problems, input: &Input<'_>, out: &mut MetricSink) {
    let mut others = Vec::new();
    for problem in problems.iter() {
        let place = moved(problem.span, input);
        if problem.kind == ProblemKind::OtherDocument {
            out.ignore_span(place, "another document; the last whole one counts");
            others.push(place);
        } else if let Some((code, message)) = told(problem, input) {
            out.diagnose(Diagnostic::warning(code, message).at(input.stream(), place));
        }
    }
    if let Some(first) = others.first() {
        let places: Vec<String> = others.iter().map(|span| span.start.to_string()).collect();
        let count = problems.count(ProblemKind::OtherDocument);
        let message = format!("{count} other whole documents do not count: they start at bytes {}", places.join(", "));
        out.diagnose(Diagnostic::warning(code::SEVERAL_DOCUMENTS, message).at(input.stream(), *first));
    }
    if problems.omitted() > 0 {
        let message = format!("{} more places like those told are not told", problems.omitted());
        out.diagnose(Diagnostic::warning(code::LENIENT_JSON, message).of(input.stream()));
    }
}

/// What it means for an extractor that the document ends so.
///
/// # Errors
/// When it is cut or broken.
pub fn json_end(end: End, input: &Input<'_>) -> Result<(), ExtractError> {
    let offset = input.text().offset();
    match end {
        End::Whole => Ok(()),
        End::Truncated { at } => Err(ExtractError::Truncated { at: at + offset }),
        End::Broken { at, expected } => Err(ExtractError::Malformed { at: at + offset, expected: expected.to_string() }),
    }
}

/// Code and message; none for what the end of the reading says.
fn told(problem: Problem, input: &Input<'_>) -> Option<(&'static str, String)> {
    const MOST: usize = 60;
    let token = input.text().as_str().get(problem.span.start..problem.span.end).unwrap_or_default();
    let short: String = token.chars().take(MOST).collect();
    Some(match problem.kind {
        ProblemKind::DuplicateKey { first } => {
            let first = moved(first, input).start;
            (code::DUPLICATE_KEY, format!("the key `{short}` stands in its object at byte {first} too: the last one counts"))
        }
        ProblemKind::NotFinite | ProblemKind::TooLarge => (code::NOT_FINITE, format!("`{short}` is no finite number")),
        ProblemKind::TrailingComma => (code::LENIENT_JSON, "a comma before a closing bracket".to_owned()),
        ProblemKind::UnescapedQuote => (code::LENIENT_JSON, format!("a quote in `{short}` is not escaped")),
        ProblemKind::Malformed { expected } => {
            (code::MALFORMED, format!("`{}` is read past: expected {expected}", short.trim_end()))
        }
        ProblemKind::OtherIncomplete => {
            (code::TRUNCATED, "a document that is cut or broken does not count beside a whole one".to_owned())
        }
        ProblemKind::Fragment => (code::TRUNCATED, "a piece of a document whose beginning is missing is not read".to_owned()),
        _ => return None,
    })
}

fn moved(span: Span, input: &Input<'_>) -> Span {
    let offset = input.text().offset();
    Span::new(span.start + offset, span.end + offset)
}

#[cfg(test)]
mod tests {
    use prill_scan::Text;
    use prill_scan::json::Document;

    use super::*;
    use crate::metric::Stream;

    fn said(raw: &str) -> Vec<String> {
        let text = Text::at(raw.as_bytes(), 100);
        let input = Input::new(&text, &Stream::Stdout, None);
        let mut out = MetricSink::new();
        out.read(&text, &Stream::Stdout);
        say_json(Document::read(text.as_str()).problems(), &input, &mut out);
        out.finish().1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_problem_has_its_code_and_its_place() {
        assert_eq!(
            said("{\"a\": 1, \"b\": nan, \"a\": 1e400, \"c\": 5ms, \"d\": \"x \"y\"\", \"e\": 1,}\n"),
            [
                "warning[not-finite]: `nan` is no finite number (stdout 114..117)",
                "warning[duplicate-key]: the key `a` stands in its object at byte 102 too: the last one counts (stdout 120..121)",
                "warning[not-finite]: `1e400` is no finite number (stdout 124..129)",
                "warning[malformed]: `5ms` is read past: expected a value (stdout 136..139)",
                "warning[lenient-json]: a quote in `x \"y\"` is not escaped (stdout 147..152)",
                "warning[lenient-json]: a comma before a closing bracket (stdout 161..162)",
            ]
        );
    }

    #[test]
    fn other_documents_are_named() {
        assert_eq!(
            said("{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n{\"a\": 4, "),
            [
                "warning[truncated]: a document that is cut or broken does not count beside a whole one (stdout 127..136)",
                "warning[several-documents]: 2 other whole documents do not count: they start at bytes 100, 109 (stdout 100..108)",
            ]
        );
        let many = said(&"{\"a\": nan}\n".repeat(100));
        assert_eq!(many.len(), 3, "{many:?}");
        assert!(many[2].contains("67 more places"), "{many:?}");
    }

    #[test]
    fn the_end_of_a_document_is_an_error_when_it_is_early() {
        let text = Text::at(b"{\"a\": 1, \"b\"", 100);
        let input = Input::new(&text, &Stream::Stdout, None);
        let end = |text| json_end(Document::read(text).end(), &input);
        assert_eq!(end("{\"a\": 1}"), Ok(()));
        assert_eq!(end("{\"a\": 1, \"b\""), Err(ExtractError::Truncated { at: 109 }));
        let expected = "a value".to_owned();
        assert_eq!(end("{\"a\": 1, \"b\": x {"), Err(ExtractError::Malformed { at: 114, expected }));
    }
}
