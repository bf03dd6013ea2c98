package io.bpfman.nudge.core;

import static io.bpfman.nudge.core.Severity.ERROR;
import static io.bpfman.nudge.core.Severity.WARNING;

/** Rules for a file-based catalog alone. */
public enum CatalogRule implements Rule {
  CATALOG_SCHEMA(ERROR, "FBC", "an object has a schema"),
  CATALOG_KEY_CASE(ERROR, "FBC", "no keys differ in case only"),
  CATALOG_PACKAGE_NAME(ERROR, "P1", "a package name is a DNS label"),
  CATALOG_PACKAGE_TWICE(ERROR, "P1", "a package is there once"),
  CATALOG_DEFAULT_CHANNEL(ERROR, "P2, P3", "the default channel is there"),
  CATALOG_ICON(WARNING, "ours", "the icon of a package is base64 with a known media type"),
  CATALOG_UNKNOWN_PACKAGE(ERROR, "CH1, BU1, DE1", "an object is of a package that is there"),
  CATALOG_CHANNEL_NAME(ERROR, "CH2", "a channel has a name of its own in the package"),
  CATALOG_CHANNEL_EMPTY(ERROR, "CH4", "a channel has entries"),
  CATALOG_CHANNEL_HEAD(ERROR, "CH5", "a channel has one head"),
  CATALOG_CHANNEL_CYCLE(ERROR, "CH7", "replaces leads nowhere back"),
  CATALOG_STRANDED(ERROR, "CH6, CH8", "the head reaches every entry that is not skipped"),
  CATALOG_ENTRY_TWICE(ERROR, "CH3", "an entry is there once"),
  CATALOG_ENTRY_WITHOUT_BUNDLE(ERROR, "BU4", "an entry has a bundle"),
  CATALOG_SKIPS(ERROR, "CH9", "skips are names"),
  CATALOG_SKIP_RANGE(ERROR, "CH10", "skipRange is a version range"),
  CATALOG_REPLACES_NEWER(ERROR, "ours", "replaces and skips name older versions"),
  CATALOG_BUNDLE_TWICE(ERROR, "BU2", "a bundle is there once"),
  CATALOG_BUNDLE_UNLISTED(ERROR, "BU3", "a bundle is in a channel"),
  CATALOG_PROPERTY(ERROR, "BU5", "a property has a type and the value of that type"),
  CATALOG_PACKAGE_PROPERTY(ERROR, "BU6", "a bundle has one property olm.package, of its package"),
  CATALOG_IMAGE(ERROR, "BU7, Conforma", "the image of a bundle is a pinned reference"),
  CATALOG_RELATED_IMAGE(ERROR, "BU7", "a related image is a reference"),
  CATALOG_VERSION(ERROR, "BU8", "a version is a semantic version"),
  CATALOG_VERSION_TWICE(ERROR, "P4", "no two bundles of a package have one version"),
  CATALOG_RELEASE(ERROR, "BU9", "a release is short, and part of the name"),
  CATALOG_DEPRECATIONS_TWICE(ERROR, "DE2", "a package has one object of deprecations"),
  CATALOG_DEPRECATION_REFERENCE(ERROR, "DE3", "a deprecation is of a package, channel or bundle"),
  CATALOG_DEPRECATION_TARGET(ERROR, "DE4", "what is deprecated is there"),
  CATALOG_DEPRECATION_TWICE(ERROR, "DE5", "a thing is deprecated once"),
  CATALOG_DEPRECATION_MESSAGE(ERROR, "DE6", "a deprecation has a message");

  private final Terms terms;

  CatalogRule(Severity severity, String source, String holds) {
    this.terms = new Terms(severity, source, holds);
  }

  @Override
  public Terms terms() {
    return terms;
  }
}
