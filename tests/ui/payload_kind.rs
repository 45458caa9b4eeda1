use prill::Payload;

#[derive(Payload)]
#[payload(name = "nothing-to-run")]
struct NothingToRun;

#[derive(Payload)]
struct NothingSaid;

#[derive(Payload)]
#[payload(binary = "a", scheduler = "b")]
struct TwoThings;

#[derive(Payload)]
#[payload(builtin = "main")]
struct QuotedFunction;

#[derive(Payload)]
#[payload(binary = "")]
struct EmptyProgram;

fn main() {}
