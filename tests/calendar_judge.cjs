// Reads calendar files, named one a line on stdin, with ical.js and node-ical, and prints what stands in each as JSON.
const fs = require("fs");
const loaded = require("ical.js");
const ICAL = loaded.default ?? loaded;
const nodeIcal = require("node-ical");

const day = (date) => date.toISOString().slice(0, 10);
const moment = (date) => date.toISOString().slice(0, 19) + "Z";
const shown = (time) => (time === null || time === undefined ? null : time.isDate ? time.toString() : moment(new Date(time.toUnixTime() * 1000)));
const texts = (value) => (value && typeof value === "object" && "val" in value ? value.val : value ?? "");

function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((each) => {
    const event = new ICAL.Event(each);
    const end = each.hasProperty("dtend") ? event.endDate : null;
    return {
      uid: event.uid,
      start: shown(event.startDate),
      end: shown(end),
      sequence: event.sequence ?? 0,
      status: each.getFirstPropertyValue("status"),
      summary: event.summary,
      description: event.description ?? "",
      alarms: each.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toSeconds()),
    };
  });
}

function byNodeIcal(text) {
  const told = (date, whole) => (whole ? day(date) : moment(date));
  return Object.values(nodeIcal.sync.parseICS(text))
    .filter((each) => each.type === "VEVENT")
    .map((each) => {
      const whole = each.datetype === "date";
      const hasEnd = each.end && (whole || each.end.getTime() !== each.start.getTime());
      return {
        uid: each.uid,
        start: told(each.start, whole),
        end: hasEnd ? told(each.end, whole) : null,
        sequence: Number(each.sequence),
        status: each.status,
        summary: texts(each.summary),
        description: texts(each.description),
      };
    });
}

const found = {};
for (const file of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const text = fs.readFileSync(file, "utf8");
  found[file] = { "ical.js": byIcalJs(text), "node-ical": byNodeIcal(text) };
}
process.stdout.write(JSON.stringify(found));
