import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";

/** The window that the suite runs in, seen from outside: what a person sees and clicks. */
export class Workbench {
  readonly page: Page;
  readonly #browser: Browser;
  #shots = 0;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.setDefaultTimeout(15_000);
  }

  static async connect(): Promise<Workbench> {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${process.env.EDITOR_DEBUGGING_PORT}`);
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      if ((await page.locator(".monaco-workbench").count()) > 0) return new Workbench(browser, page);
    }
    throw new Error("no window with a workbench");
  }

  /** Lets go of the window; it stays open. */
  async disconnect(): Promise<void> {
    await this.#browser.close();
  }

  /** The first element that is visible. */
  async see(selector: string, hasText?: string | RegExp): Promise<Locator> {
    const locator = this.page
      .locator(selector, hasText === undefined ? {} : { hasText })
      .filter({ visible: true })
      .first();
    await locator.waitFor();
    return locator;
  }

  /** The text of the Markdown preview that holds `words`. */
  async textOfPreview(words: string): Promise<string> {
    const end = Date.now() + 15_000;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        const text = await frame
          .locator("body")
          .innerText({ timeout: 1_000 })
          .catch(() => "");
        if (frame !== this.page.mainFrame() && text.includes(words)) return text;
      }
      await this.page.waitForTimeout(200);
    }
    throw new Error(`no preview holds "${words}"`);
  }

  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text, { delay: 15 });
  }

  /** Keeps what the window, or a part of it, looks like now, to be looked at by a person. */
  async screenshot(name: string, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
    // Menus and hovers fade in.
    await this.page.waitForTimeout(300);
    const number = String(++this.#shots).padStart(2, "0");
    await this.page.screenshot({
      path: join(process.env.EDITOR_FOLDER!, `${number}-${name}.png`),
      ...(clip && { clip }),
    });
  }
}

/** The window for every test of a suite; what it looked like when one failed is kept. */
export function useWorkbench(): () => Workbench {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.connect();
  });

  after(() => workbench.disconnect());

  afterEach(async function () {
    if (this.currentTest?.state === "failed")
      await workbench.screenshot(`failed-${this.currentTest.title.replaceAll(/\W+/g, "-")}`);
  });

  return () => workbench;
}
