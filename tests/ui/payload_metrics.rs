use prill::Payload;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(unit = "s")]
struct Nameless;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(name = "latency")]
struct NothingDeclared;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(name = "clat.p99{op=read}", unit = "s")]
struct Labelled;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(name = "latency", unit = "ms")]
struct Prefixed;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(name = "throughput", unit = "MiB/s")]
struct PrefixedRate;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(name = "latency", polarity = smaller)]
struct BadDirection;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(name = "rate", polarity = target)]
struct NoTarget;

#[derive(Payload)]
#[payload(binary = "a")]
#[metric(name = "rate", unit = "{op}/s")]
#[metric(name = "rate", polarity = higher)]
struct Twice;

fn main() {}
