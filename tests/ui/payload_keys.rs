use prill::Payload;

#[derive(Payload)]
#[payload(binary = "a", output = json)]
struct Unquoted;

#[derive(Payload)]
#[payload(binary = "a", outptu = "json")]
struct Misspelt;

#[derive(Payload)]
#[payload(binary = "a", name = "a", name = "b")]
struct NamedTwice;

#[derive(Payload)]
#[payload(binary = "a", name = "two words")]
struct TwoWords;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_args("-n", 5)]
struct NumericArgument;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_args(-5)]
struct NegativeArgument;

fn main() {}
