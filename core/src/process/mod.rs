//! Starts, watches, captures and ends payload processes, in the foreground and in the background.
//!
//! Nothing here knows metrics or tools: a [`Command`] goes in, an [`Ended`] comes out.
//!
//! ```
//! use prill_core::process::{Command, End};
//!
//! let ended = Command::new("sh").args(["-c", "echo 42"]).run(None)?;
//! assert_eq!(ended.end, End::Exited(0));
//! assert_eq!(ended.stdout.head(), b"42\n");
//! # Ok::<(), prill_core::process::RunError>(())
//! ```

pub mod builtin;
pub mod cgroup;
pub mod file;
pub mod lifetime;
pub mod machine;

mod capture;
mod child;
mod command;
mod cookie;
mod end;
mod engine;
mod error;
mod keep_off;
mod mask;
mod orders;
mod output;
mod program;
mod reap;
mod running;
mod signal;
mod spawn;
mod terminal;
mod usage;
mod warden;

pub use builtin::{Builtin, builtin_command};
pub use command::{Command, Stdin};
pub use end::{End, Ended};
pub use error::{RunError, SpawnError, WaitError};
pub use output::Output;
pub use running::{Remote, Running};
pub use signal::Signal;
pub use usage::{CgroupUsage, Pressure, Usage};
