// What is shown at each step of a presentation: pure functions of the plan of the map and the plan of the lesson.

// All steps in order: { slug, part, layers, callouts, claims }. `layers` and `callouts` count what is revealed of them,
// null is all. The opening's slug is "open", the closing's "close". `fine` reveals one thing at a time.
function listSteps(plan, lesson, { fine = false, kiosk = false } = {}) {
  const whole = { layers: null, callouts: null, claims: 0 };
  const steps = [{ slug: "open", part: "open", ...whole }];
  for (const state of plan.chapters) {
    const taught = lesson.chapters[state.slug];
    const add = (part, more = {}) => steps.push({ slug: state.slug, part, ...whole, ...more });
    if (taught.asked && !kiosk) {
      add("ask", { layers: taught.asked.kind === "number" ? null : 0, callouts: 0 }); // layers show where and when
      add("answer", { callouts: 0 });
    }
    if (fine && !kiosk) {
      for (let layers = 0; layers < taught.reveal.length; layers += 1) add("map", { layers, callouts: 0 });
      for (let callouts = 0; callouts < state.callouts.length; callouts += 1) add("map", { callouts });
    }
    add("map");
    add("text");
    if (taught.claims) for (let claims = fine ? 1 : taught.claims; claims <= taught.claims; claims += 1) add("claims", { claims });
    if (state === plan.chapters.at(-1)) add("sum");
    if (taught.questions.length && !kiosk) add("questions");
  }
  return [...steps, { slug: "close", part: "close", ...whole }];
}

// The state of the map at a step: the chapter's own, less what is not revealed yet.
function stateAt(plan, lesson, step) {
  const at = step.slug === "open" ? plan.chapters[0] : plan.chapters.find((each) => each.slug === step.slug) || plan.chapters.at(-1);
  if (step.layers === null && step.callouts === null) return at;
  const { reveal, asked } = lesson.chapters[at.slug];
  const hidden = step.layers === null ? [] : reveal.slice(step.layers);
  const layers = { ...at.layers };
  for (const id of hidden) layers[id] = "off";
  const asking = step.part === "ask";
  const bounds_wsen = asked?.kind === "place" ? around(at.bounds_wsen, asked.spots) : at.bounds_wsen; // every choice can be pressed
  return { ...at, bounds_wsen, layers, callouts: step.callouts === null ? at.callouts : at.callouts.slice(0, step.callouts), together: false, places: asking ? [] : at.places };
}

function around([west, south, east, north], spots) {
  const [lats, lons] = [spots.map(([lat]) => lat), spots.map(([, lon]) => lon)];
  return [Math.min(west, ...lons), Math.min(south, ...lats), Math.max(east, ...lons), Math.max(north, ...lats)];
}

// Where to go on in another list of steps (finer, coarser): the last that shows no more than this one did.
function placeOf(step, steps) {
  const same = steps.findIndex((each) => each.slug === step.slug && each.part === step.part);
  return same >= 0 ? same : Math.max(0, steps.findIndex((each) => each.slug === step.slug));
}

// The minute of the lesson at which a chapter's part of the plan begins and ends, [from, to]; the last part that was
// begun counts for a chapter that no part names.
function plannedMinutes(lesson, slugs, slug) {
  const at = slugs.indexOf(slug);
  let [from, found] = [0, [0, lesson.plan[0]?.minutes || 0]];
  for (const { minutes, chapters } of lesson.plan) {
    if (chapters.some((each) => slugs.indexOf(each) <= at)) found = [from, from + minutes];
    from += minutes;
  }
  return slug === "close" ? [lesson.minutes, lesson.minutes] : found;
}
