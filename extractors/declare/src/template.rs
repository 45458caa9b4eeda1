/// A text with captures in it: `{op}.latency`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Capture(From),
}

/// Which capture: of the line itself, or of the header of its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    Line(usize),
    Header(usize),
}

/// Why a template cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TemplateError {
    /// A brace without its other.
    Brace,
    /// A capture that there is not.
    Capture(String),
}

impl Template {
    /// Reads `text`; `find` knows the captures.
    pub(crate) fn parse(text: &str, find: impl Fn(&str) -> Option<From>) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            let name = after.strip_prefix('{').and_then(|a| a.split_once('}')).ok_or(TemplateError::Brace)?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Capture(find(name.0).ok_or_else(|| TemplateError::Capture(name.0.to_owned()))?));
            rest = name.1;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// The captures in it.
    pub(crate) fn captures(&self) -> impl Iterator<Item = From> + '_ {
        self.0.iter().filter_map(|part| match part {
            Part::Capture(from) => Some(*from),
            Part::Text(_) => None,
        })
    }

    /// The text, with what `value` says of each capture; `None` when one of them took no part in the match.
    pub(crate) fn fill<V: AsRef<str>>(&self, value: impl Fn(From) -> Option<V>) -> Option<String> {
        let mut out = String::new();
        self.fill_into(&mut out, value).then_some(out)
    }

    /// Puts what [`Template::fill`] gives at the end of `out`; false when it gives nothing, and then `out` is as it was.
    pub(crate) fn fill_into<V: AsRef<str>>(&self, out: &mut String, value: impl Fn(From) -> Option<V>) -> bool {
        let start = out.len();
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Capture(from) => match value(*from) {
                    Some(text) => out.push_str(text.as_ref()),
                    None => {
                        out.truncate(start);
                        return false;
                    }
                },
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captures_are_filled_in() {
        let find = |name: &str| (name == "op").then_some(From::Line(1));
        let template = Template::parse("{op}.latency", find).unwrap();
        assert_eq!(template.fill(|_| Some("read")), Some("read.latency".to_owned()));
        assert_eq!(template.fill(|_| None::<&str>), None);
        assert_eq!(Template::parse("a{b}", find), Err(TemplateError::Capture("b".to_owned())));
        for broken in ["{", "}", "a{op", "{op}}"] {
            assert_eq!(Template::parse(broken, find), Err(TemplateError::Brace), "{broken}");
        }
    }
}
