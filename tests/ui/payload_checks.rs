use prill::Payload;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check("latency.p99 < 5ms")]
struct Text;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check(maximum("latency.p99", ms(5)))]
struct Unknown;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check(max("latency.p99"))]
struct Unbounded;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check(range("latency.p99", ms(1, 2)))]
struct HalfRange;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check(range("latency.p99", ms(1, 2), ms(3)))]
struct TwoNumbers;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check(max(5, ms(5)))]
struct NoSelector;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check(max("latency.p99", "5ms"))]
struct TextBound;

#[derive(Payload)]
#[payload(binary = "a")]
#[default_check()]
struct Nothing;

fn main() {}
