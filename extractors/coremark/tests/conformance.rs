//! What every format must satisfy, over `samples/FORMAT/`.

use prill_extract_coremark as _;

mod coremark {
    prill_testkit::conformance!("coremark");
}

mod coremark_pro {
    prill_testkit::conformance!("coremark-pro");
}
