use prill::Payload;

#[derive(Payload)]
#[payload(binary = "a")]
struct Full {
    field: u8,
}

#[derive(Payload)]
#[payload(binary = "a")]
enum Several {
    A,
}

#[derive(Payload)]
#[payload(binary = "a")]
struct Generic<const N: usize>;

#[derive(Payload)]
#[payload(binary = "a")]
struct FIO;

fn main() {}
