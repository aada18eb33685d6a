// Runs the scripts of the verification page as a browser would: `node verify_in_node.js PAGE MODE < cases.json`.
// MODE "old" takes WebCrypto away, as in a browser without it.
const vm = require("node:vm");
const fs = require("node:fs");
const [page, mode] = process.argv.slice(2);
const html = fs.readFileSync(page, "utf8");
const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((found) => found[1]);
const browser = vm.createContext({
  crypto: mode === "old" ? undefined : globalThis.crypto,
  Promise: mode === "old" ? undefined : Promise,
});
vm.runInContext("var self = this;", browser);
vm.runInContext(scripts[0], browser);
vm.runInContext(scripts[1], browser);
browser.page = scripts[2];
const signedList = vm.runInContext(`(${/var signedList = (.*);\n/.exec(scripts[2])[1]})`, browser);
const { cases, today } = JSON.parse(fs.readFileSync(0, "utf8"));
const list = vm.runInContext("(function (text) { return JSON.parse(text); })", browser)(signedList.text);
const verdicts = cases.map(
  (text) => new Promise((done) => browser.sanxiaoCode.verify(text, list, today, done)),
);
const forgedList = { ...signedList, text: signedList.text.replace('"papers":[', '"papers":[["X",1,"void","2018-01-01"],') };
const lists = [signedList, forgedList].map(
  (one) => new Promise((done) => browser.sanxiaoCode.isListSigned(one, done)),
);
Promise.all([Promise.all(verdicts), Promise.all(lists)]).then(([said, isSigned]) =>
  console.log(JSON.stringify({ verdicts: said, isSigned })),
);
