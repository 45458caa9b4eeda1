//! The grammar of checks.
//!
//! ```text
//! check    = "exit" "==" INTEGER | "exists" selector | term OP bound | term "in" bound ".." bound
//! term     = ["each" | "any"] selector | ("max" | "min" | "sum" | "mean") "(" selector ")"
//! selector = segment {"." segment} ["{" [label {"," label}] "}"]
//! label    = word "=" (word | "*") | "!" word
//! ```

use std::borrow::Cow;

use prill_scan::Quantity;

use super::metric_check::{Op, Test};
use super::selector::name::{self, is_plain, is_plain_label, unquoted};
use super::selector::{Selector, Wanted};
use super::term::{Over, Term};

/// Text that is no check, or no selector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("read the check `{text}` at column {column}: {problem}")]
pub struct ParseCheckError {
    /// The whole text.
    pub text: String,
    /// The column where it goes wrong, in characters, counted from 1.
    pub column: usize,
    /// What was expected there.
    pub problem: String,
}

type Parsed<T> = Result<T, ParseCheckError>;

/// A check: the text of its term, and what is asked.
pub(super) fn check(text: &str) -> Parsed<(&str, Test)> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.blanks();
    if cursor.keyword("exists") {
        let start = cursor.at;
        cursor.selector()?;
        return Ok((&text[start..cursor.at], cursor.end(Test::Exists)?));
    }
    if cursor.exit_word() {
        return Ok(("", cursor.exit_code()?));
    }
    let start = cursor.at;
    cursor.term()?;
    let term = text[start..cursor.at].trim_end();
    Ok((term, cursor.test()?))
}

/// A term and nothing else.
pub(super) fn term(text: &str) -> Parsed<Term> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.blanks();
    if cursor.exit_word() {
        return Err(cursor.error(0, "`exit` is the exit code; a metric of this name is written \"exit\""));
    }
    let term = cursor.term()?;
    cursor.end(term)
}

/// A selector and nothing else.
pub(super) fn selector(text: &str) -> Parsed<Selector> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.blanks();
    let selector = cursor.selector()?;
    cursor.end(selector)
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes `token` and the blanks after it, if it comes next.
    fn take(&mut self, token: &str) -> bool {
        let taken = self.rest().starts_with(token);
        if taken {
            self.at += token.len();
            self.blanks();
        }
        taken
    }

    /// Takes `word` when a selector follows it; otherwise it is the name of a metric itself.
    fn keyword(&mut self, word: &str) -> bool {
        let follows = self.rest().strip_prefix(word).filter(|after| after.starts_with(char::is_whitespace)).map(str::trim_start);
        // `in` is the operator where a bound follows it, and a name itself where another operator or labels do.
        let bound = |after: &str| {
            let next = after.trim_start();
            !next.starts_with(['<', '>', '=', '!', '{']) && !next.starts_with("in ")
        };
        let operator = |after: &str| after.strip_prefix("in").is_some_and(|a| a.starts_with(char::is_whitespace) && bound(a));
        let taken = follows.is_some_and(|after| after.starts_with(|c| is_plain(c) || c == '"') && !operator(after));
        taken && self.take(word)
    }

    fn error(&self, at: usize, problem: impl Into<String>) -> ParseCheckError {
        let column = self.text[..at].chars().count() + 1;
        ParseCheckError { text: self.text.to_owned(), column, problem: problem.into() }
    }

    /// Says what should stand here, and what does.
    fn expected(&self, what: &str) -> ParseCheckError {
        let found = match self.rest().chars().next() {
            Some(c) => format!("found `{c}`"),
            None => "the text ends".to_owned(),
        };
        self.error(self.at, format!("expected {what}, but {found}"))
    }

    fn end<T>(&mut self, parsed: T) -> Parsed<T> {
        self.blanks();
        if self.rest().is_empty() { Ok(parsed) } else { Err(self.expected("nothing more")) }
    }

    /// The word `exit` alone, before an operator or at the end.
    fn exit_word(&self) -> bool {
        self.rest().strip_prefix("exit").is_some_and(|after| !after.starts_with(|c| is_plain(c) || ".{".contains(c)))
    }

    fn exit_code(&mut self) -> Parsed<Test> {
        self.take("exit");
        if !self.take("==") {
            return Err(self.expected("`==` and the exit code"));
        }
        let code = self.rest().trim_end();
        code.parse().map(Test::Exit).map_err(|_| self.error(self.at, "expected an exit code, such as 0 or -1"))
    }

    fn term(&mut self) -> Parsed<Term> {
        for over in [Over::Each, Over::Any] {
            if self.keyword(over.word()) {
                return Ok(Term { over, selector: self.selector()? });
            }
        }
        for over in Over::FUNCTIONS {
            if self.rest().strip_prefix(over.word()).is_some_and(|after| after.trim_start().starts_with('(')) {
                self.take(over.word());
                self.take("(");
                let selector = self.selector()?;
                self.blanks();
                return if self.take(")") { Ok(Term { over, selector }) } else { Err(self.expected("`)`")) };
            }
        }
        Ok(Term { over: Over::One, selector: self.selector()? })
    }

    fn selector(&mut self) -> Parsed<Selector> {
        let mut segments = Vec::new();
        loop {
            segments.push(self.word(is_plain, "the name of a metric, such as wakeup.latency.p99")?);
            if !self.rest().starts_with('.') {
                break;
            }
            self.at += 1;
        }
        let name = name::written(&segments);
        let after_name = self.at;
        self.blanks();
        if !self.take("{") {
            self.at = after_name;
            return Ok(Selector { name, labels: Vec::new() });
        }
        let mut labels: Vec<(String, Wanted)> = Vec::new();
        while !self.rest().starts_with('}') {
            let start = self.at;
            let (key, wanted) = self.label()?;
            if labels.iter().any(|(known, _)| *known == key) {
                return Err(self.error(start, format!("the label `{key}` is asked for twice")));
            }
            labels.push((key, wanted));
            self.blanks();
            if !self.take(",") && !self.rest().starts_with('}') {
                return Err(self.expected("`,` or `}`"));
            }
        }
        self.at += 1;
        Ok(Selector { name, labels })
    }

    fn label(&mut self) -> Parsed<(String, Wanted)> {
        const KEY: &str = "a label, such as op=read, op=* or !op";
        if self.take("!") {
            return Ok((self.word(is_plain_label, KEY)?.into_owned(), Wanted::Absent));
        }
        let key = self.word(is_plain_label, KEY)?.into_owned();
        self.blanks();
        if !self.take("=") {
            return Err(self.expected("`=` and a value"));
        }
        if self.take("*") {
            return Ok((key, Wanted::Present));
        }
        let value = self.word(is_plain_label, "a value, in quotes if it has blanks or punctuation")?;
        Ok((key, Wanted::Value(value.into_owned())))
    }

    /// A word of plain characters, or one in quotes.
    fn word(&mut self, plain: fn(char) -> bool, what: &str) -> Parsed<Cow<'t, str>> {
        let rest = self.rest();
        if rest.starts_with('"') {
            let Some((text, after)) = unquoted(rest) else {
                return Err(self.error(self.at, "expected a closing `\"`"));
            };
            self.at = self.text.len() - after.len();
            return Ok(Cow::Owned(text));
        }
        let end = rest.find(|c| !plain(c)).unwrap_or(rest.len());
        if end == 0 {
            return Err(self.expected(what));
        }
        self.at += end;
        Ok(Cow::Borrowed(&rest[..end]))
    }

    fn test(&mut self) -> Parsed<Test> {
        self.blanks();
        let start = self.at;
        let test = if let Some(op) = Op::ALL.into_iter().find(|op| self.take(op.sign())) {
            Test::Compare(op, self.bound(self.rest())?)
        } else if self.rest().strip_prefix("in").is_some_and(|after| after.starts_with(char::is_whitespace)) {
            self.take("in");
            self.range()?
        } else {
            return Err(self.expected("an operator (< <= > >= == != in)"));
        };
        match test.fault() {
            Some(fault) => Err(self.error(start, fault)),
            None => Ok(test),
        }
    }

    fn range(&mut self) -> Parsed<Test> {
        let Some((low, high)) = self.rest().split_once("..") else {
            return Err(self.error(self.at, "expected a range, such as 1ms..5ms"));
        };
        let low = self.bound(low)?;
        self.at = self.text.len() - high.len();
        self.blanks();
        Ok(Test::Within(low, self.bound(self.rest())?))
    }

    fn bound(&self, text: &str) -> Parsed<Quantity> {
        if text.trim().is_empty() {
            return Err(self.error(self.at, "expected a bound, such as 500us, 9.4Gbit/s or 50k"));
        }
        text.parse().map_err(|e| self.error(self.at, format!("failed to {e}")))
    }
}

#[cfg(test)]
mod tests;
