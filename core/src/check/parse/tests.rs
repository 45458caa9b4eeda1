use super::*;
use crate::check::MetricCheck;
use proptest::prelude::*;

fn parsed(text: &str) -> MetricCheck {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn each_form_is_read() {
    let s = Quantity::s;
    for (text, check) in [
        ("wakeup.latency.p99 <= 500us", MetricCheck::max("wakeup.latency.p99", Quantity::us(500.0))),
        ("iops{op=read}>=50k", MetricCheck::min("iops{op=read}", Quantity::bare(50_000.0))),
        (" clat.p99{op=read}  in 1ms .. 5ms ", MetricCheck::range("clat.p99{op=read}", Quantity::ms(1.0), Quantity::ms(5.0))),
        ("x in 1..5", MetricCheck::range("x", Quantity::bare(1.0), Quantity::bare(5.0))),
        ("x in 0..5ms", MetricCheck::range("x", Quantity::bare(0.0), Quantity::ms(5.0))),
        ("x in -.5...5", MetricCheck::range("x", Quantity::bare(-0.5), Quantity::bare(0.5))),
        ("exit == 0", MetricCheck::exit_code_eq(0)),
        ("exit==-1", MetricCheck::exit_code_eq(-1)),
        ("exists retransmits", MetricCheck::exists("retransmits")),
        ("each x <= 1s", MetricCheck::max("each x", s(1.0))),
        ("max ( x{a=1} ) <= 1s", MetricCheck::max("max ( x{a=1} )", s(1.0))),
        ("time.mean{benchmark=\"fib 20\"} <= 1s", MetricCheck::max("time.mean{benchmark=\"fib 20\"}", s(1.0))),
    ] {
        assert_eq!(parsed(text), check, "{text}");
    }
}

#[test]
fn a_keyword_may_be_a_name() {
    // Each of these was shown as another check than it is.
    for text in ["any in < 8", "each in >= 8", "any in{op=read} == 8", "any in 1..8", "any in in 1..8", "exists in"] {
        assert_eq!(parsed(text).to_string().parse(), Ok(parsed(text)), "{text}");
    }
    for name in ["each", "any", "exists", "max", "exit.code", "exit{a=b}", "exits", "\"exit\"", "in"] {
        let check = parsed(&format!("{name} <= 1"));
        assert_eq!(check, MetricCheck::max(unit_free(name), Quantity::bare(1.0)), "{name}");
        assert_eq!(check.selector(), Some(name));
    }
    assert_eq!(parsed("each in 1..2").selector(), Some("each"));
    assert_eq!(parsed("exists in 1..2").selector(), Some("exists"));
}

fn unit_free(name: &str) -> &'static str {
    prill_scan::unit::intern(name)
}

#[test]
fn an_error_says_where_and_what() {
    for (text, column, problem) in [
        ("", 1, "expected the name of a metric, such as wakeup.latency.p99, but the text ends"),
        ("x", 2, "expected an operator (< <= > >= == != in), but the text ends"),
        ("x = 5", 3, "expected an operator (< <= > >= == != in), but found `=`"),
        ("x <", 4, "expected a bound, such as 500us, 9.4Gbit/s or 50k"),
        ("x < fast", 5, "failed to read `fast` as a quantity"),
        ("x < 5KB", 5, "failed to read the unit `KB`"),
        ("x < nan", 5, "failed to read `nan`"),
        ("x. < 5", 3, "expected the name of a metric"),
        ("x{op} < 5", 5, "expected `=` and a value, but found `}`"),
        ("x{op=} < 5", 6, "expected a value, in quotes"),
        ("x{op=a b} < 5", 8, "expected `,` or `}`, but found `b`"),
        ("x{a=1,a=2} < 5", 7, "the label `a` is asked for twice"),
        ("x{a=\"1} < 5", 5, "expected a closing `\"`"),
        ("x{a=1", 6, "expected `,` or `}`, but the text ends"),
        ("max(x < 5", 7, "expected `)`, but found `<`"),
        ("x in 5", 6, "expected a range, such as 1ms..5ms"),
        ("x in 1..5ms", 3, "the range 1..5ms has a unit at one end only"),
        ("x in 1s..5B", 3, "the range 1s..5B goes from s to By"),
        ("x in 5..1", 3, "the range 5..1 is empty"),
        ("x < 1e308TiB", 3, "the bound 1e308TiB is no finite number"),
        ("exit < 3", 6, "expected `==` and the exit code, but found `<`"),
        ("exit == zero", 9, "expected an exit code"),
        ("exists x < 5", 10, "expected nothing more, but found `<`"),
        ("\u{b5}\u{b5} ? 5", 4, "expected an operator"),
    ] {
        let e = text.parse::<MetricCheck>().unwrap_err();
        assert_eq!(e.column, column, "{e}");
        assert!(e.problem.starts_with(problem), "{e}");
    }
    let e = "x = 5".parse::<MetricCheck>().unwrap_err().to_string();
    assert!(e.starts_with("read the check `x = 5` at column 3: expected an operator"), "{e}");
}

fn selector_text() -> impl Strategy<Value = String> {
    let segment = prop_oneof![4 => "[a-z][a-z0-9_]{0,8}", 1 => ".{0,6}"];
    let label = ("[a-z]{1,4}", prop::option::of(".{0,6}"));
    (prop::collection::vec(segment, 1..4), prop::collection::btree_map("[a-z]{1,3}", label, 0..3)).prop_map(|(name, labels)| {
        let labels = labels.into_iter().map(|(key, (_, value))| (key, value.map_or(Wanted::Present, Wanted::Value))).collect();
        let segments: Vec<_> = name.into_iter().map(Cow::Owned).collect();
        Selector { name: name::written(&segments), labels }.to_string()
    })
}

fn bound() -> impl Strategy<Value = Quantity> {
    let number = prop_oneof![any::<f32>().prop_map(f64::from), (-1000i32..100_000).prop_map(f64::from), any::<f64>()];
    let number = number.prop_filter("a bound is finite", |n| n.is_finite() && n.abs() < 1e280);
    let unit = prop::sample::select(vec![
        Quantity::bare,
        Quantity::ns,
        Quantity::ms,
        Quantity::percent,
        Quantity::gbit_per_s,
        Quantity::mib,
    ]);
    (number, unit).prop_map(|(number, of)| of(number))
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in ".{0,30}", tail in "[ a-z{}()<>=!.,\"\\\\0-9]{0,30}") {
        let _ = text.parse::<MetricCheck>();
        let _ = tail.parse::<MetricCheck>();
        let _ = format!("each x{tail}{text}").parse::<MetricCheck>();
    }

    #[test]
    fn what_is_displayed_reads_back(selector in selector_text(), over in "(each |any )?", bounds in (bound(), bound()), code: i32) {
        let read: Selector = selector.parse().unwrap();
        prop_assert_eq!(&read.to_string(), &selector);
        let term = unit_free(&format!("{over}{selector}"));
        let (low, high) = bounds;
        let mut checks = vec![
            MetricCheck::min(term, low), MetricCheck::max(term, high), MetricCheck::exit_code_eq(code), MetricCheck::exists(unit_free(&selector)),
        ];
        if low.unit() == high.unit() && low.value() <= high.value() {
            checks.push(MetricCheck::range(term, low, high));
        }
        for check in checks {
            let text = check.to_string();
            let read: MetricCheck = text.parse().unwrap();
            prop_assert_eq!(read, check);
            prop_assert_eq!(read.to_string(), text);
        }
    }
}
