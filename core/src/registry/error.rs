use crate::nearest;

/// Why the linked formats cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    /// No crate that registers a format is linked.
    #[error(
        "find any output format: none is linked; name the crate of one in the program (`use prill_extract_all as _;` links all that come with prill)"
    )]
    Empty,
    /// Two formats have one name.
    #[error(
        "tell two formats apart that are both called `{name}`: one is registered by {first}, the other by {second}; rename one"
    )]
    Duplicate {
        /// The name.
        name: String,
        /// Where the first was registered.
        first: String,
        /// Where the second was.
        second: String,
    },
    /// A format has a name that means something else.
    #[error("register the format `{name}` of {place}: the name stands for the format that fits best; rename it")]
    Reserved {
        /// The name.
        name: String,
        /// Where it was registered.
        place: String,
    },
}

/// A format name that nothing linked has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("find an output format called `{name}`; linked are {}", linked.join(", "))]
pub struct UnknownFormat {
    /// The name that was asked for.
    pub name: String,
    /// The names that there are, the nearest first.
    pub linked: Vec<String>,
}

impl UnknownFormat {
    pub(super) fn new<'n>(name: &str, linked: impl Iterator<Item = &'n str>) -> Self {
        Self { name: name.to_owned(), linked: nearest::sorted(name, linked) }
    }
}
