//! fio's format over `samples/`: real runs, and a few outputs made by hand where a version could not be run.

mod support;

mod bad_input;
mod modes;
