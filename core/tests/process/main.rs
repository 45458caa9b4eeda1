//! The process engine against real processes that misbehave.

mod basics;
