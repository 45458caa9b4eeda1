//! `prill new`.

use crate::args::NewExtractor;
use crate::io::Io;
use crate::status::{Failure, Status};

pub(crate) fn run(_: &NewExtractor, _: &mut Io<'_>) -> Result<Status, Failure> {
    Ok(Status::Fine)
}
