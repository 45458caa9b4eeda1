//! Records, made and read back by real processes.
//!
//! - `world`: a format, a payload and a folder for all of them
//! - `whole`: what a record has; `crash`: what is left of a process that died; `kills`: a thousand of them
//! - `bad`: folders and files that are of no use

mod bad;
mod crash;
mod kills;
mod whole;
mod world;
