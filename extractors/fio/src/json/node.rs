use std::borrow::Cow;

use prill_core::scan::json::{self, Kind, Str};

/// A value of a report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'d, 't>(pub(super) json::Node<'d, 't>);

impl<'d, 't> Node<'d, 't> {
    /// The values in an object or array, in order.
    pub(super) fn children(self) -> impl Iterator<Item = Self> + use<'d, 't> {
        let members = self.0.members().map(|(_, node)| Self(node));
        members.chain(self.0.items().map(Self))
    }

    /// The member with this key.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        self.0.get(key).map(Self)
    }

    /// The key as it is printed, a slice of the text; empty in an array.
    pub(super) fn key(self) -> &'t str {
        self.0.key().map_or("", Str::raw)
    }

    /// The whole value, a slice of the text.
    pub(super) fn text(self) -> &'t str {
        self.0.text()
    }

    /// The token of a number, finite or not: what has no value is said when it is put in.
    pub(super) fn number(self) -> Option<&'t str> {
        matches!(self.0.kind(), Kind::Number | Kind::NotFinite).then(|| self.text())
    }

    /// True when it is or holds a number.
    pub(super) fn has_number(self) -> bool {
        self.number().is_some() || self.children().any(Self::has_number)
    }

    /// What a string says.
    pub(super) fn string(self) -> Option<Cow<'t, str>> {
        self.0.as_str()
    }

    /// True when it neither is nor holds a number but zero.
    pub(super) fn is_zero(self) -> bool {
        match self.0.kind() {
            Kind::Object | Kind::Array => self.children().all(Self::is_zero),
            Kind::Number | Kind::NotFinite => self.text().bytes().all(|b| matches!(b, b'0' | b'.')),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prill_core::scan::json::Document;

    #[test]
    fn zero_is_zero_at_any_depth() {
        let document = Document::read(r#"{"a": {"x": 0, "y": [0.000000, "text"]}, "b": {"x": [0, 1]}, "c": NaN}"#);
        let root = Node(document.root().unwrap());
        let zero = |key| root.get(key).unwrap().is_zero();
        assert_eq!((zero("a"), zero("b"), zero("c")), (true, false, false));
        assert_eq!(root.children().map(Node::key).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(root.get("c").unwrap().number(), Some("NaN"));
    }
}
