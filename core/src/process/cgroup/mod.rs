//! Control groups (version 2, alone or in hybrid mode beside version 1).
//!
//! Version 1 alone is not enough: it has no `cgroup.kill` and no unified statistics.

mod context;
mod error;
mod files;
mod group;
mod hierarchy;
mod limit;
mod name;
mod owner;
mod place;
mod remove;
mod stat;
mod stay;

pub use context::Cgroups;
pub use error::CgroupError;
pub(super) use files::Files;
pub use group::Cgroup;
pub(super) use hierarchy::locate;
pub(super) use limit::{Moving, version1_name};
pub(super) use remove::kill_and_remove;
pub(super) use stay::Stay;
