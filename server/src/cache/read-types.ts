import type { Constant, DecoratorFact, TypeRef } from "../core/facts.ts";
import { Reader } from "./bytes.ts";
import * as words from "./words.ts";
import { word } from "./words.ts";

/** Reads what occurs in facts of all kinds. */
export class TypesReader extends Reader {
  protected maybe(): number | undefined {
    const value = this.number();
    return value === 0 ? undefined : value - 1;
  }

  protected numbers(): number[] {
    const list: number[] = [];
    for (let left = this.number(); left > 0; left--) list.push(this.number());
    return list;
  }

  protected names(): string[] {
    const list: string[] = [];
    for (let left = this.number(); left > 0; left--) list.push(this.text());
    return list;
  }

  protected maybeType(): TypeRef | undefined {
    const code = this.number();
    return code === 0 ? undefined : this.typeOf(word(words.typeKinds, code - 1));
  }

  protected typeRef(): TypeRef {
    return this.typeOf(word(words.typeKinds, this.number() - 1));
  }

  protected typeOf(kind: TypeRef["kind"]): TypeRef {
    switch (kind) {
      case "named": {
        const name = this.names();
        const variable = this.maybe();
        if (variable === undefined) return { kind, name, arguments: this.typeRefs() };
        return { kind, name, variable, arguments: this.typeRefs() };
      }
      case "typeof": {
        const name = this.names();
        const variable = this.maybe();
        return variable === undefined ? { kind, name } : { kind, name, variable };
      }
      case "union":
      case "intersection":
        return { kind, of: this.typeRefs() };
      case "object": {
        const members: { readonly name: string; readonly type: TypeRef }[] = [];
        for (let left = this.number(); left > 0; left--) members.push({ name: this.text(), type: this.typeRef() });
        return { kind, members };
      }
      case "function": {
        const parameters: (TypeRef | undefined)[] = [];
        for (let left = this.number(); left > 0; left--) parameters.push(this.maybeType());
        const returns = this.maybeType();
        return returns === undefined ? { kind, parameters } : { kind, parameters, returns };
      }
      case "array":
        return { kind, of: this.typeRef() };
      case "literal":
        return { kind, value: this.constant() as string | number | boolean };
      case "other":
        return { kind };
    }
  }

  protected typeRefs(): TypeRef[] {
    const list: TypeRef[] = [];
    for (let left = this.number(); left > 0; left--) list.push(this.typeRef());
    return list;
  }

  protected constant(): Constant {
    switch (this.number()) {
      case 0:
        return undefined;
      case 1:
        return null;
      case 2:
        return false;
      case 3:
        return true;
      case 4:
        return this.text();
      default:
        return Number(this.text());
    }
  }

  protected decorators(): DecoratorFact[] {
    const list: DecoratorFact[] = [];
    for (let left = this.number(); left > 0; left--) {
      const name = this.names();
      const variable = this.maybe();
      if (variable === undefined) list.push({ name, span: this.span() });
      else list.push({ name, variable, span: this.span() });
    }
    return list;
  }
}
