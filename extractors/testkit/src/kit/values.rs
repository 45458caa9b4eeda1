use super::{Finding, Kit};
use crate::{invented, judge};

const READ: &str = "read the upstream printer, correct the extractor; or expect.json, if the number was read wrongly";

pub(super) fn check(kit: &Kit) -> Vec<Finding> {
    kit.each(|case, extraction| {
        let mut wrong: Vec<String> = judge(case, extraction).iter().filter_map(|m| m.complaint()).collect();
        wrong.extend(invented(case, extraction));
        wrong.into_iter().map(|cause| Finding::new(&case.name, cause, READ)).collect()
    })
}
