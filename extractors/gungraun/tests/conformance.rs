//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_gungraun as _;

mod gungraun {
    prill_testkit::conformance!("gungraun");
}

mod iai {
    prill_testkit::conformance!("iai");
}
