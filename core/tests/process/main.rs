//! The process engine against real processes that misbehave.
//!
//! Each scenario runs in a process of its own, which at its end has to have no descriptor, thread, child, descendant or
//! cgroup more than at its beginning: see [`scenario`].

mod misbehave;
#[macro_use]
mod scenario;

mod basics;
mod capture;
mod cgroups;
mod deadline;
mod escape;
mod failure;
mod harness_death;
mod many;
mod placement;
mod terminal;
