//! One fact, and what it means.

/// What was found about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// What it is about: a stable name.
    pub(super) fact: &'static str,
    pub(super) state: State,
    /// What is there.
    pub(super) value: String,
    /// What that means for measurements.
    pub(super) means: String,
    /// A command, or what else to do, where something can be done.
    pub(super) remedy: Option<String>,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As a measurement wants it.
    Ok,
    /// Worth knowing when a result is read.
    Note,
    /// Spoils results, or keeps something from working.
    Problem,
}

impl State {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Problem => "problem",
        }
    }
}

impl Finding {
    pub(super) fn ok(fact: &'static str, value: impl Into<String>, means: impl Into<String>) -> Self {
        Self { fact, state: State::Ok, value: value.into(), means: means.into(), remedy: None }
    }

    pub(super) fn note(fact: &'static str, value: impl Into<String>, means: impl Into<String>) -> Self {
        Self { state: State::Note, ..Self::ok(fact, value, means) }
    }

    pub(super) fn problem(fact: &'static str, value: impl Into<String>, means: impl Into<String>) -> Self {
        Self { state: State::Problem, ..Self::ok(fact, value, means) }
    }

    pub(super) fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }
}
