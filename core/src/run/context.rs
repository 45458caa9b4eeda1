use std::sync::Arc;

use super::{PayloadRun, Recorder};
use crate::payload::Payload;
use crate::process::cgroup::Cgroups;
use crate::registry::{Registry, RegistryError};

/// What a run needs beside the payload: the formats, the cgroups, and who keeps the results.
pub struct Context {
    /// The formats that outputs are read with.
    pub registry: Registry,
    /// Where cgroups are found and made.
    pub cgroups: Cgroups,
    /// Who keeps the results; nobody by default.
    pub recorder: Option<Arc<dyn Recorder>>,
}

impl Context {
    /// With all linked formats, the caller's own cgroup as the parent of others, and no recorder.
    ///
    /// # Errors
    /// When the linked formats cannot be used.
    pub fn linked() -> Result<Self, RegistryError> {
        Ok(Self::new(Registry::linked()?))
    }

    /// With these formats.
    #[must_use]
    pub fn new(registry: Registry) -> Self {
        Self { registry, cgroups: Cgroups::new(), recorder: None }
    }

    /// Begins a run of `payload`.
    pub fn payload<'a>(&'a self, payload: &'a Payload) -> PayloadRun<'a> {
        PayloadRun::new(self, payload)
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("registry", &self.registry)
            .field("recorder", &self.recorder.is_some())
            .finish_non_exhaustive()
    }
}
