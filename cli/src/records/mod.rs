//! What was kept: `prill runs`, `prill show`, `prill recover`, and `prill extract` of a run.
//!
//! - [`pick`]: the runs that an argument means
//! - [`extract`]: kept raw output, read again

mod extract;
mod list;
mod pick;
mod prune;
mod recovery;
mod show;

pub(crate) use extract::extract;
pub(crate) use list::list;
pub(crate) use pick::{folder, is_named, is_record, pick};
pub(crate) use prune::prune;
pub(crate) use recovery::recover;
use recovery::say;
pub(crate) use show::show;
