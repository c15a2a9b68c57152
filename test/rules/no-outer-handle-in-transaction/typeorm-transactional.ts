import { Transactional } from "typeorm-transactional";
import type { Repository } from "typeorm";
import { InjectRepository } from "@nestjs/typeorm";

class Order {
  item!: string;
}

export class Orders {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}

  @Transactional()
  async place(item: string) {
    await this.orders.save({ item });
  }
}
