use prill_core::Stream;
use prill_core::extract::{self, Captures};

use super::DECLARED;

#[test]
fn both_emitters_are_read() {
    let text =
        "Template(RunTime): 0.15 us.\nTwo words(RunTime): 1.5e-7 us\nList(x)(RunTimeRaw): 3 ms.\nApp(CodeSize): 5304 bytes.\n";
    let found = extract::run(&DECLARED, &Captures::new().with(Stream::Stdout, text.as_bytes()), &[]);
    let shown: Vec<String> = found.metrics.iter().map(|m| format!("{m} {}", m.value())).collect();
    assert_eq!(
        shown,
        [
            "time.mean{benchmark=Template} 0.00000015",
            "time.mean{benchmark=\"Two words\"} 0.00000000000015",
            "time.mean{benchmark=\"List(x)\", measure=RunTimeRaw} 0.003",
            "size{benchmark=App, measure=CodeSize} 5304",
        ]
    );
}
