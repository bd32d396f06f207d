"""The record as data: claims.json and facts.geojson, written from the models and read back into them."""

from typing import Any, Literal, Self

from pydantic import Field, TypeAdapter

from story.citation import claim_address, last_changed
from story.facts import Claim, Comparison, Evidence, Fact, Frozen, Objection, Spot, Stance, Verdict
from story.model import Story
from story.publishers import independent_publishers

NOTE = (
    "The statements are the essay's, in our words; verdict and summary are ours. 'Sourced' means that a source says "
    "it, not that it is true. Every figure belongs to the one it is according to."
)


class Bearing(Frozen):
    """One fact, whole and with its sources, and how it bears on a claim."""

    stance: Stance
    fact: Fact


class ClaimRecord(Frozen):
    """One claim with everything that its verdict rests on.

    `compare` are ids of the file's comparisons, `page` is its lasting address, `reader` opens the story
    at it; `publishers` are those whom the verdict rests on.
    """

    id: str
    chapter: str
    statement: str
    anchor: str
    verdict: Verdict
    summary: str
    compare: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    objection: Objection | None = None
    only_one_publisher: bool = False
    publishers: tuple[str, ...]
    dated: str
    page: str
    reader: str
    evidence: tuple[Bearing, ...]

    @classmethod
    def of(cls, story: Story, claim: Claim) -> Self:
        """The record of one of the story's claims."""
        return cls(
            **claim.model_dump(exclude={"evidence"}),
            publishers=tuple(sorted(independent_publishers(story, claim), key=str.casefold)),
            dated=last_changed(story, claim).isoformat(),
            page=claim_address(story.settings, claim.id),
            reader=f"{story.settings.address}?claim={claim.id}",
            evidence=tuple(Bearing(stance=each.stance, fact=story.facts[each.fact]) for each in claim.evidence),
        )

    def claim(self) -> Claim:
        """The claim as the story's file has it."""
        evidence = tuple(Evidence(fact=each.fact.id, stance=each.stance) for each in self.evidence)
        kept = {key: getattr(self, key) for key in Claim.model_fields if key != "evidence"}
        return Claim(**kept, evidence=evidence)


class ClaimsFile(Frozen):
    """claims.json: every claim of a story in its order, with the version and the day up to which it was read."""

    id: str
    title: str
    author: str
    address: str
    language: str
    version: str
    published: str
    evidence_until: str
    note: str = NOTE
    claims: tuple[ClaimRecord, ...]
    comparisons: tuple[Comparison, ...] = ()


def collect_claims(story: Story, version: str, language: str) -> ClaimsFile:
    """Everything that claims.json says of a story."""
    told = story.settings.model_dump(include={"id", "title", "author", "address", "published", "evidence_until"})
    claims = tuple(ClaimRecord.of(story, claim) for claim in story.claims)
    compared = tuple(story.comparisons.values())
    return ClaimsFile(**told, language=language, version=version, claims=claims, comparisons=compared)


def write_claims(story: Story, version: str, language: str) -> bytes:
    """claims.json; keys without a value are left out."""
    return collect_claims(story, version, language).model_dump_json(exclude_none=True).encode()


def read_claims(content: bytes) -> tuple[tuple[Claim, ...], dict[str, Fact]]:
    """The claims and the facts that they cite, from claims.json. Raises ValidationError where it is malformed."""
    read = ClaimsFile.model_validate_json(content)
    facts = {each.fact.id: each.fact for record in read.claims for each in record.evidence}
    return tuple(record.claim() for record in read.claims), facts


class _Place(Frozen):
    place: str | None
    coord_precision: str | None
    country: str | None = None


class _Geometry(Frozen):
    type: Literal["Point", "MultiPoint"]
    coordinates: Any


class Feature(Frozen):
    """A fact as a GeoJSON feature, WGS84, longitude first.

    The geometry is a Point, a MultiPoint where the fact has several places, or null where it has none. `places` names
    the points in their order and says how exactly each is known: "district" and "province" are areas and no pins.
    """

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: _Geometry | None
    properties: dict[str, Any]

    @classmethod
    def of(cls, fact: Fact, claims: list[str]) -> Self:
        """The feature of a fact; `claims` are the ids of those that cite it."""
        kept = fact.model_dump(
            mode="json", exclude={"lat", "lon", "place", "coord_precision", "country", "also"}, exclude_none=True
        )
        named: list[Fact | Spot] = [fact, *fact.also]
        places = [
            each.model_dump(include={"place", "coord_precision", *(["country"] if each.country else [])})
            for each in named
        ]
        points = [(each.lon, each.lat) for each in named if each.lat is not None]
        geometry = None
        if points:
            many = len(points) > 1
            geometry = _Geometry(type="MultiPoint" if many else "Point", coordinates=points if many else points[0])
        return cls(id=fact.id, geometry=geometry, properties=kept | {"places": places, "claims": claims})

    def fact(self) -> Fact:
        """The fact as the story's file has it."""
        places = [_Place.model_validate(each) for each in self.properties["places"]]
        points: Any = self.geometry.coordinates if self.geometry else [(None, None)]
        points = points if not self.geometry or self.geometry.type == "MultiPoint" else [points]
        first, *rest = [
            {**each.model_dump(), "lon": point[0], "lat": point[1]} for each, point in zip(places, points, strict=True)
        ]
        kept = {key: value for key, value in self.properties.items() if key not in {"places", "claims"}}
        return Fact.model_validate({**kept, **first, "also": rest})


class FactsFile(Frozen):
    """facts.geojson: every fact of a story as a feature, those without a place with a null geometry."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    title: str
    version: str
    evidence_until: str
    note: str = Field(
        default=f"{NOTE} A null geometry: the fact has no place. 'coord_precision' says how exactly a place is known; "
        "draw no pin for a district or a province."
    )
    features: tuple[Feature, ...]


def write_facts(story: Story, version: str) -> bytes:
    """facts.geojson: RFC 7946, with members of our own beside its own."""
    cited: dict[str, list[str]] = {}
    for claim in story.claims:
        for each in claim.evidence:
            cited.setdefault(each.fact, []).append(claim.id)
    features = tuple(Feature.of(fact, cited.get(fact.id, [])) for fact in story.facts.values())
    settings = story.settings
    whole = FactsFile(title=settings.title, version=version, evidence_until=settings.evidence_until, features=features)
    return whole.model_dump_json().encode()


def read_facts(content: bytes) -> dict[str, Fact]:
    """The facts from facts.geojson, by id. Raises ValidationError where it is malformed."""
    read = TypeAdapter(FactsFile).validate_json(content)
    return {feature.id: feature.fact() for feature in read.features}
